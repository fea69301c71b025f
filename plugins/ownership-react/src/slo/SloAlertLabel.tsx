import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import NotificationsActiveIcon from '@material-ui/icons/NotificationsActive';
import NotificationsPausedIcon from '@material-ui/icons/NotificationsPaused';
import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import { ToneLabel } from '../frame/ToneLabel';
import { ownershipReactTranslationRef } from '../translation';

/**
 * The most urgent alert of an SLO that fires, as icon and words. Nothing where
 * none does.
 *
 * @public
 */
export function SloAlertLabel(props: { slo: Pick<SloStatus, 'alerts'> }) {
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const firing = props.slo.alerts.filter(alert => alert.firing);
  const worst = firing.find(({ severity }) => severity === 'page') ?? firing[0];
  if (!worst) {
    return null;
  }
  const { severity } = worst;
  // One whose condition is known speaks for those that are not.
  const known = firing.some(
    alert => alert.severity === severity && !alert.unknownSince,
  );
  return (
    <ToneLabel
      tone={severity === 'page' ? 'bad' : 'warning'}
      icon={known ? NotificationsActiveIcon : NotificationsPausedIcon}
    >
      {t(
        known ? `sloAlert.firing.${severity}` : `sloAlert.unknown.${severity}`,
      )}
    </ToneLabel>
  );
}
