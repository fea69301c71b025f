import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type { OwnershipState } from '@service-ownership/backstage-plugin-ownership-common';
import { ToneLabel } from '../frame/ToneLabel';
import { ownershipReactTranslationRef } from '../translation';

const looks = {
  owned: { tone: 'good', icon: CheckCircleOutlineIcon },
  'at-risk': { tone: 'warning', icon: ReportProblemOutlinedIcon },
  orphaned: { tone: 'bad', icon: LinkOffIcon },
  unknown: { tone: 'muted', icon: HelpOutlineIcon },
} as const;

/**
 * The ownership state of a component as icon, word and colour.
 *
 * @public
 */
export function StateLabel(props: {
  state: OwnershipState;
  /** `pill` stands beside a heading, `text` (default) in a row. */
  variant?: 'text' | 'pill';
}) {
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  return (
    <ToneLabel {...looks[props.state]} variant={props.variant}>
      {t(`state.${props.state}`)}
    </ToneLabel>
  );
}
