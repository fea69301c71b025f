import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import InfoOutlinedIcon from '@material-ui/icons/InfoOutlined';
import ReportIcon from '@material-ui/icons/Report';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type { Severity } from '@service-ownership/backstage-plugin-ownership-common';
import { ToneLabel } from '../frame/ToneLabel';
import { ownershipReactTranslationRef } from '../translation';

const looks = {
  critical: { tone: 'bad', icon: ReportIcon },
  high: { tone: 'bad', icon: ErrorOutlineIcon },
  medium: { tone: 'warning', icon: ReportProblemOutlinedIcon },
  low: { tone: 'muted', icon: InfoOutlinedIcon },
} as const;

/**
 * The severity of a finding as icon, word and colour.
 *
 * @public
 */
export function SeverityLabel(props: { severity: Severity }) {
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  return (
    <ToneLabel {...looks[props.severity]}>
      {t(`severity.${props.severity}`)}
    </ToneLabel>
  );
}
