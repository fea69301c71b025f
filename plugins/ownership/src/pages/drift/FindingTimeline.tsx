import {
  EntityName,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { FindingEvent } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

const names = {
  opened: 'opened',
  closed: 'closed',
  reopened: 'reopened',
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
  waived: 'waived',
  'waiver-expired': 'waiverExpired',
  'waiver-withdrawn': 'waiverWithdrawn',
  changed: 'changed',
} as const;

const reasons = {
  passed: 'passed',
  'entity-removed': 'entityRemoved',
  'rule-disabled': 'ruleDisabled',
} as const;

/**
 * What happened to a finding, the latest first.
 *
 * @internal
 */
export function FindingTimeline(props: { events: FindingEvent[] }) {
  const { t } = usePagesTranslation();
  const events = [...props.events].sort((a, b) => b.at.localeCompare(a.at));
  const name = (type: string) =>
    isKey(names, type) ? t(`pages.drift.detail.event.${names[type]}`) : type;
  const detail = (text: string) =>
    isKey(reasons, text)
      ? t(`pages.drift.detail.reason.${reasons[text]}`)
      : text;
  return (
    <ol className={styles.timeline}>
      {events.map((event, index) => (
        <li key={index}>
          <span className={screen.strong}>{name(event.type)}</span>{' '}
          <RelativeTime value={event.at} />{' '}
          <span className={screen.muted}>
            {event.by ? (
              <>
                {t('pages.drift.detail.by')} <EntityName entityRef={event.by} />
              </>
            ) : (
              t('pages.drift.detail.byScan')
            )}
          </span>
          {event.detail && <div>{detail(event.detail)}</div>}
        </li>
      ))}
    </ol>
  );
}

function isKey<T extends object>(map: T, key: string): key is keyof T & string {
  return Object.prototype.hasOwnProperty.call(map, key);
}
