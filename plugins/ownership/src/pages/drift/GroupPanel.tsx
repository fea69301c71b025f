import { Button, Select } from '@backstage/ui';
import { RiLinkUnlinkM } from '@remixicon/react';
import { ErrorState } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  DriftSummary,
  FindingGroupBy,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState, type ReactNode } from 'react';
import { noneText } from '../screen/noneText';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import type { Loaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import { severities } from './findingFilter';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

const dimensions: readonly FindingGroupBy[] = [
  'ownerRef',
  'team',
  'rule',
  'severity',
  'tier',
];
const shownAtFirst = 8;

/**
 * The groupings an address may ask for; anything else is the owner reference,
 * where one repair heals most.
 *
 * @internal
 */
export function groupByOf(text: string | null): FindingGroupBy {
  return dimensions.find(dimension => dimension === text) ?? 'ownerRef';
}

/**
 * Findings counted by one property; a click shows only that group.
 *
 * @internal
 */
export function GroupPanel(props: {
  summary: Loaded<DriftSummary>;
  groupBy: FindingGroupBy;
  chosen: readonly string[];
  onGroupBy(groupBy: FindingGroupBy): void;
  onChoose(key: string | undefined): void;
  /** Asks where a reference that leads nowhere is to lead. */
  onRepoint(group: { key: string; components: number }): void;
  /** Stands below the groups of owner references. */
  aliases?: ReactNode;
}) {
  const { t } = usePagesTranslation();
  const { summary, groupBy } = props;
  const value = summary.value?.groupBy === groupBy ? summary.value : undefined;
  return (
    <Panel
      title={t('pages.drift.group.title')}
      note={
        value && value.hidden > 0
          ? t('pages.drift.group.hidden', { count: value.hidden })
          : undefined
      }
    >
      <Select
        className={styles.groupBy}
        label={t('pages.drift.group.by')}
        options={dimensions.map(id => ({
          id,
          label: t(`pages.drift.group.${id}`),
        }))}
        value={groupBy}
        onChange={key => props.onGroupBy(groupByOf(String(key)))}
      />
      {summary.error && (
        <ErrorState error={summary.error} retry={summary.retry} />
      )}
      {!value && !summary.error && <RowsSkeleton rows={6} />}
      {value && <Groups {...props} value={value} />}
      {groupBy === 'ownerRef' && props.aliases}
    </Panel>
  );
}

function Groups(props: {
  value: DriftSummary;
  groupBy: FindingGroupBy;
  chosen: readonly string[];
  onChoose(key: string | undefined): void;
  onRepoint(group: { key: string; components: number }): void;
}) {
  const { t } = usePagesTranslation();
  const { value, chosen, onChoose } = props;
  const [all, setAll] = useState(false);
  // One repair of an owner that does not exist heals all its components.
  const sorted = [...value.items].sort(
    (a, b) => Number(a.resolves !== false) - Number(b.resolves !== false),
  );
  const items = all ? sorted : sorted.slice(0, shownAtFirst);
  const most = Math.max(1, ...value.items.map(item => item.findings));
  const rest = value.items.length - shownAtFirst;

  if (value.items.length === 0) {
    return <p className={screen.muted}>{t('pages.drift.group.empty')}</p>;
  }
  return (
    <>
      <ul className={styles.groups}>
        {items.map(item => {
          const pressed = chosen.includes(item.key);
          return (
            <li key={item.key}>
              <button
                type="button"
                className={styles.group}
                aria-pressed={pressed}
                onClick={() => onChoose(pressed ? undefined : item.key)}
              >
                <GroupName item={item} groupBy={props.groupBy} />
                <span className={styles.groupCount}>
                  {item.findings}
                  <span className={screen.small}>
                    {' '}
                    {t('pages.drift.group.unit', { count: item.findings })}
                  </span>
                </span>
                <SeverityBar item={item} most={most} />
                <span className={styles.groupNote}>
                  {t('pages.drift.group.components', {
                    count: item.components,
                  })}
                </span>
              </button>
              {props.groupBy === 'ownerRef' &&
                item.resolves === false &&
                /^(group|user):/.test(item.key) && (
                  <Button
                    size="small"
                    variant="tertiary"
                    aria-label={t('pages.drift.alias.open', { ref: item.key })}
                    onPress={() => props.onRepoint(item)}
                  >
                    {t('pages.drift.alias.openShort')}
                  </Button>
                )}
            </li>
          );
        })}
      </ul>
      {rest > 0 && (
        <button
          type="button"
          className={screen.chip}
          onClick={() => setAll(!all)}
        >
          {all
            ? t('pages.drift.group.fewer')
            : t('pages.drift.group.more', { count: rest })}
        </button>
      )}
    </>
  );
}

type Item = DriftSummary['items'][number];

function GroupName(props: { item: Item; groupBy: FindingGroupBy }) {
  const { t } = usePagesTranslation();
  const { item, groupBy } = props;
  const none = noneText({ t, name: groupBy, value: item.key });
  if (none) {
    return <span className={styles.groupName}>{none}</span>;
  }
  if (groupBy === 'ownerRef' && item.resolves === false) {
    return (
      <span className={`${styles.groupName} ${styles.unresolved}`}>
        <RiLinkUnlinkM size={14} aria-hidden />
        <span>{t('pages.drift.group.unresolved', { ref: item.key })}</span>
      </span>
    );
  }
  return <span className={styles.groupName}>{item.title || item.key}</span>;
}

function SeverityBar(props: { item: Item; most: number }) {
  const { item, most } = props;
  return (
    <span className={styles.severityBar} aria-hidden="true">
      {severities.map(severity => (
        <span
          key={severity}
          className={styles.segment}
          data-severity={severity}
          style={{
            width: `${((item.bySeverity[severity] ?? 0) / most) * 100}%`,
          }}
        />
      ))}
    </span>
  );
}
