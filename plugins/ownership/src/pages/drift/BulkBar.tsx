import { Button } from '@backstage/ui';
import { usePagesTranslation } from '../usePagesTranslation';
import type { BulkOutcome } from './useBulkAction';
import { mostSelected } from './useSelection';
import styles from './Drift.module.css';

/**
 * What can be done with the selected findings, and how the last of it went.
 *
 * @internal
 */
export function BulkBar(props: {
  count: number;
  /** All that match are meant. */
  all: boolean;
  /** How many match, where more do than are selected. */
  matching?: number;
  onSelectAll(): void;
  running: boolean;
  result?: BulkOutcome;
  onAcknowledge(): void;
  onWaive(): void;
  onAssign(): void;
  onWithdraw(): void;
  onClear(): void;
}) {
  const { t } = usePagesTranslation();
  const { count, running, result } = props;
  const failed = result?.failed ?? 0;
  const tooMany = count > mostSelected;
  if (count === 0 && !result) {
    return null;
  }
  const actions = [
    { key: 'acknowledge', onPress: props.onAcknowledge },
    { key: 'waive', onPress: props.onWaive },
    { key: 'assign', onPress: props.onAssign },
    { key: 'withdraw', onPress: props.onWithdraw },
  ] as const;
  return (
    <div
      className={styles.bulkBar}
      role="group"
      aria-label={t('pages.drift.bulk.label')}
    >
      {count > 0 && (
        <>
          <strong>
            {t(
              props.all
                ? 'pages.drift.bulk.allSelected'
                : 'pages.drift.bulk.selected',
              { count },
            )}
          </strong>
          {props.matching !== undefined && (
            <Button size="small" variant="tertiary" onPress={props.onSelectAll}>
              {t('pages.drift.bulk.selectAll', { count: props.matching })}
            </Button>
          )}
          {tooMany && (
            <span>{t('pages.drift.bulk.tooMany', { most: mostSelected })}</span>
          )}
          {actions.map(({ key, onPress }) => (
            <Button
              key={key}
              size="small"
              variant="secondary"
              isDisabled={running || tooMany}
              onPress={onPress}
            >
              {t(`pages.drift.bulk.${key}`)}
            </Button>
          ))}
          <Button size="small" variant="tertiary" onPress={props.onClear}>
            {t('pages.drift.bulk.clear')}
          </Button>
        </>
      )}
      <span role="status">
        {result && result.done > 0 && (
          <>{t('pages.drift.bulk.done', { count: result.done })} </>
        )}
        {result && result.requested > 0 && (
          <>{t('pages.drift.bulk.requested', { count: result.requested })} </>
        )}
        {failed > 0 &&
          t('pages.drift.bulk.failed', {
            count: failed,
            reason: result?.reason ?? '',
          })}
      </span>
    </div>
  );
}
