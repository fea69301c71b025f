import { Alert } from '@backstage/ui';
import type { Scan } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';

/**
 * Said above everything: the verdicts on this page are old, and why.
 *
 * @internal
 */
export function SuspendedScanAlert(props: { scan?: Scan }) {
  const { t } = usePagesTranslation();
  const { scan } = props;
  if (scan?.state === 'suspended') {
    return (
      <Alert
        role="alert"
        status="warning"
        icon
        title={t('pages.drift.suspended.title')}
        description={`${scan.reason ?? t('pages.drift.suspended.noReason')} ${t(
          'pages.drift.suspended.next',
        )}`}
      />
    );
  }
  if (scan?.state === 'failed') {
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title={t('pages.drift.failed.title')}
        description={`${scan.error ?? t('pages.drift.failed.noReason')} ${t(
          'pages.drift.failed.next',
        )}`}
      />
    );
  }
  return null;
}
