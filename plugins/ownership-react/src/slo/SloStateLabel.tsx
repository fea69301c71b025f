import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import PauseCircleOutlineIcon from '@material-ui/icons/PauseCircleOutline';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import TimelapseIcon from '@material-ui/icons/Timelapse';
import type { SloState } from '@service-ownership/backstage-plugin-ownership-common';
import { ToneLabel } from '../frame/ToneLabel';
import { ownershipReactTranslationRef } from '../translation';

const looks = {
  met: { tone: 'good', icon: CheckCircleOutlineIcon },
  'at-risk': { tone: 'warning', icon: ReportProblemOutlinedIcon },
  breached: { tone: 'bad', icon: HighlightOffIcon },
  partial: { tone: 'muted', icon: TimelapseIcon },
  'no-traffic': { tone: 'muted', icon: PauseCircleOutlineIcon },
  'no-data': { tone: 'muted', icon: HelpOutlineIcon },
} as const;

/**
 * Where an SLO stands, as icon, word and colour.
 *
 * @public
 */
export function SloStateLabel(props: { state: SloState }) {
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  return (
    <ToneLabel {...looks[props.state]}>
      {t(`sloState.${props.state}`)}
    </ToneLabel>
  );
}
