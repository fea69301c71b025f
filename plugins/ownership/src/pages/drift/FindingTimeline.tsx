import { useApi } from '@backstage/core-plugin-api';
import {
  EntityName,
  ownershipApiRef,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { FindingEvent } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';
import { closedReason } from './closedReason';
import { useAct } from '../screen/useAct';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

const names = {
  opened: 'opened',
  closed: 'closed',
  reopened: 'reopened',
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
  'snooze-ended': 'snoozeEnded',
  waived: 'waived',
  'waiver-requested': 'waiverRequested',
  'waiver-approved': 'waiverApproved',
  'waiver-rejected': 'waiverRejected',
  'waiver-expired': 'waiverExpired',
  'waiver-withdrawn': 'waiverWithdrawn',
  assigned: 'assigned',
  commented: 'commented',
  'comment-deleted': 'commentDeleted',
  changed: 'changed',
} as const;

/**
 * What happened to a finding and what was said about it, the latest first.
 * Who wrote a comment may take it away.
 *
 * @internal
 */
export function FindingTimeline(props: {
  id: string;
  events: FindingEvent[];
  onChanged(): void;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { act, busy, error } = useAct();
  // Those of one moment stay in the order they happened in.
  const events = [...props.events]
    .reverse()
    .sort((a, b) => b.at.localeCompare(a.at));
  const name = (type: string) =>
    isKey(names, type) ? t(`pages.drift.detail.event.${names[type]}`) : type;
  const detail = ({ type, detail: text = '' }: FindingEvent) =>
    type === 'closed' ? closedReason({ t, reason: text }) : text;
  const remove = async (comment: string) => {
    if (await act(() => api.deleteComment(props.id, comment))) {
      props.onChanged();
    }
  };
  return (
    <>
      <span role="status">
        {error && t('pages.drift.comment.failed', { reason: error.message })}
      </span>
      <ol className={styles.timeline}>
        {events.map((event, index) => (
          <li key={index}>
            <span className={screen.strong}>{name(event.type)}</span>{' '}
            <RelativeTime value={event.at} />{' '}
            <span className={screen.muted}>
              {event.by ? (
                <>
                  {t('pages.drift.detail.by')}{' '}
                  <EntityName entityRef={event.by} />
                </>
              ) : (
                t('pages.drift.detail.byScan')
              )}
            </span>
            {event.detail && <div className={styles.said}>{detail(event)}</div>}
            {event.id && (
              <button
                type="button"
                className={styles.deleteComment}
                disabled={busy}
                onClick={() => remove(event.id!)}
              >
                {t('pages.drift.comment.delete')}
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function isKey<T extends object>(map: T, key: string): key is keyof T & string {
  return Object.prototype.hasOwnProperty.call(map, key);
}
