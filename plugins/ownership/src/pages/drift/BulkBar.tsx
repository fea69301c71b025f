import { Button } from '@backstage/ui';
import { usePagesTranslation } from '../usePagesTranslation';
import type { BulkResult } from './useBulkAction';
import styles from './Drift.module.css';

/**
 * What can be done with the selected findings, and how the last of it went.
 *
 * @internal
 */
export function BulkBar(props: {
  count: number;
  running: boolean;
  result?: BulkResult;
  onAcknowledge(): void;
  onWaive(): void;
  onClear(): void;
}) {
  const { t } = usePagesTranslation();
  const { count, running, result } = props;
  const failed = result?.failures.length ?? 0;
  if (count === 0 && !result) {
    return null;
  }
  return (
    <div
      className={styles.bulkBar}
      role="group"
      aria-label={t('pages.drift.bulk.label')}
    >
      {count > 0 && (
        <>
          <strong>{t('pages.drift.bulk.selected', { count })}</strong>
          <Button
            size="small"
            variant="secondary"
            isDisabled={running}
            onPress={props.onAcknowledge}
          >
            {t('pages.drift.bulk.acknowledge')}
          </Button>
          <Button
            size="small"
            variant="secondary"
            isDisabled={running}
            onPress={props.onWaive}
          >
            {t('pages.drift.bulk.waive')}
          </Button>
          <Button size="small" variant="tertiary" onPress={props.onClear}>
            {t('pages.drift.bulk.clear')}
          </Button>
        </>
      )}
      <span role="status">
        {result &&
          result.done > 0 &&
          t('pages.drift.bulk.done', { count: result.done })}{' '}
        {failed > 0 &&
          t('pages.drift.bulk.failed', {
            count: failed,
            reason: result?.failures[0].message ?? '',
          })}
      </span>
    </div>
  );
}
