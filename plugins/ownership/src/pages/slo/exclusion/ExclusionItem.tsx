import { Button } from '@backstage/ui';
import { EntityName } from '@service-ownership/backstage-plugin-ownership-react';
import type { SloExclusion } from '@service-ownership/backstage-plugin-ownership-common';
import { useDates } from '../../screen/useDates';
import { useDuration } from '../../screen/useDuration';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from './Exclusion.module.css';

/**
 * One exclusion: when, why, by whom.
 *
 * @internal
 */
export function ExclusionItem(props: {
  exclusion: SloExclusion;
  /** Absent where it cannot be ended. */
  onEnd?(): void;
}) {
  const { t } = usePagesTranslation();
  const { moment } = useDates();
  const duration = useDuration();
  const { exclusion, onEnd } = props;
  const { from, to, rrule, durationSeconds, timeZone, next } = exclusion;
  const who = (ref: string) =>
    /^(user|group):/.test(ref) ? <EntityName entityRef={ref} /> : ref;
  return (
    <li className={styles.item}>
      <div>
        <div>
          <strong>{exclusion.reason}</strong>{' '}
          <span className={screen.muted}>
            {t(`pages.slo.exclusion.state.${exclusion.state}`)}
          </span>
        </div>
        <div>
          {rrule
            ? t('pages.slo.exclusion.again', {
                rrule,
                duration: duration(durationSeconds ?? 0),
                zone: timeZone ?? '',
              })
            : t('pages.slo.exclusion.range', {
                from: moment(from),
                to: moment(to ?? from),
              })}
        </div>
        {rrule && next && (
          <div className={screen.small}>
            {t('pages.slo.exclusion.next', {
              from: moment(next.from),
              to: moment(next.to),
            })}
          </div>
        )}
        <div className={screen.small}>
          {t('pages.slo.exclusion.by', { at: moment(exclusion.createdAt) })}{' '}
          {who(exclusion.createdBy)}
        </div>
        {exclusion.endedAt && exclusion.endedBy && (
          <div className={screen.small}>
            {t(
              exclusion.withdrawn
                ? 'pages.slo.exclusion.withdrawnBy'
                : 'pages.slo.exclusion.endedBy',
              {
                at: moment(exclusion.endedAt),
                reason: exclusion.endReason ?? '',
              },
            )}{' '}
            {who(exclusion.endedBy)}
          </div>
        )}
      </div>
      {onEnd && (
        <Button
          variant="tertiary"
          onPress={onEnd}
          aria-label={t('pages.slo.exclusion.endName', {
            reason: exclusion.reason,
          })}
        >
          {t('pages.slo.exclusion.end')}
        </Button>
      )}
    </li>
  );
}
