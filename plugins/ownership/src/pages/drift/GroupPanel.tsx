import { Button, Select } from '@backstage/ui';
import { RiLinkUnlinkM } from '@remixicon/react';
import { ErrorState } from '@service-ownership/backstage-plugin-ownership-react';
import {
  ageBuckets,
  type DriftSummary,
  type FindingGroupBy,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useMemo, useState, type ReactNode } from 'react';
import { noneText } from '../screen/noneText';
import { Panel } from '../screen/Panel';
import { RefWords } from '../screen/RefWords';
import { TreeName } from '../screen/TreeName';
import { treeRows } from '../screen/treeRows';
import { useClosed } from '../screen/useClosed';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import type { Loaded } from '../screen/useLoaded';
import type { UrlChanges } from '../screen/useUrlQuery';
import { useCount } from '../screen/useCount';
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
  'age',
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
 * The group the address shows only, of the property it is grouped by.
 *
 * @internal
 */
export function chosenGroups(
  groupBy: FindingGroupBy,
  params: URLSearchParams,
): string[] {
  if (groupBy !== 'age') {
    return params.getAll(groupBy);
  }
  const [least, most] = ['minAgeDays', 'maxAgeDays'].map(
    name => Number(params.get(name)) || undefined,
  );
  return least === undefined && most === undefined
    ? []
    : ageBuckets
        .filter(
          ({ minAgeDays, maxAgeDays }) =>
            (minAgeDays || undefined) === least && maxAgeDays === most,
        )
        .map(({ key }) => key);
}

/**
 * The change of the address that shows only one group, or all again.
 *
 * @internal
 */
export function choiceOf(
  groupBy: FindingGroupBy,
  key: string | undefined,
): UrlChanges {
  if (groupBy !== 'age') {
    return { [groupBy]: key };
  }
  const bucket = ageBuckets.find(other => other.key === key);
  return {
    minAgeDays: bucket?.minAgeDays || undefined,
    maxAgeDays: bucket?.maxAgeDays,
  };
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
  onRepoint(ref: string): void;
  /** What became of the reference that was asked about last. */
  outcome?: ReactNode;
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
      {props.outcome}
      {!value && (
        <div className={styles.groupsPending}>
          {summary.error ? (
            <ErrorState error={summary.error} retry={summary.retry} />
          ) : (
            <RowsSkeleton rows={6} />
          )}
        </div>
      )}
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
  onRepoint(ref: string): void;
}) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const { value, groupBy, chosen, onChoose } = props;
  const [all, setAll] = useState(false);
  const { closed, twist } = useClosed(useMemo(() => deepIn(value), [value]));
  const rows = rowsOf({ value, closed });
  const shown = all ? rows : rows.slice(0, shownAtFirst);
  const most = Math.max(1, ...value.items.map(item => item.findings));
  const rest = rows.length - shownAtFirst;

  if (value.items.length === 0) {
    return <p className={screen.muted}>{t('pages.drift.group.empty')}</p>;
  }
  const broken =
    groupBy === 'ownerRef'
      ? value.items.filter(item => item.resolves === false && isRef(item.key))
      : [];
  return (
    <>
      {broken.length > 0 && (
        <p className={styles.startHere}>
          {t('pages.drift.group.startHere', { count: broken.length })}
        </p>
      )}
      <ul className={styles.groups}>
        {shown.map(({ item, depth, hasChildren }) => {
          const pressed = chosen.includes(item.key);
          const button = (
            <button
              type="button"
              className={styles.group}
              aria-pressed={pressed}
              onClick={() => onChoose(pressed ? undefined : item.key)}
            >
              <GroupName item={item} groupBy={groupBy} />
              <span className={styles.groupCount}>
                {number(item.findings)}
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
          );
          return (
            <li key={item.key}>
              {groupBy === 'team' ? (
                <TreeName
                  title={item.title || item.key}
                  depth={depth}
                  hasChildren={hasChildren}
                  closed={closed.has(item.key)}
                  onTwist={() => twist(item.key)}
                >
                  {button}
                </TreeName>
              ) : (
                button
              )}
              {groupBy === 'ownerRef' &&
                item.resolves === false &&
                isRef(item.key) && (
                  <Button
                    className={styles.repoint}
                    size="small"
                    variant="secondary"
                    aria-label={t('pages.drift.alias.open', { ref: item.key })}
                    onPress={() => props.onRepoint(item.key)}
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

// What can be given another meaning; "no owner named" cannot.
function isRef(key: string): boolean {
  return /^(group|user):/.test(key);
}

function teamsOf(value: DriftSummary) {
  return value.items.map(item => ({ ...item, ref: item.key }));
}

/** Of a great tree what is below its second level: one branch would hide all others. */
function deepIn(value: DriftSummary): ReadonlySet<string> {
  const isGreat = value.groupBy === 'team' && value.items.length > shownAtFirst;
  const rows = isGreat
    ? treeRows({ items: teamsOf(value), closed: new Set() })
    : [];
  return new Set(
    rows.flatMap(({ item, depth, hasChildren }) =>
      depth > 0 && hasChildren ? item.key : [],
    ),
  );
}

function rowsOf(options: {
  value: DriftSummary;
  closed: ReadonlySet<string>;
}): Array<{ item: Item; depth: number; hasChildren: boolean }> {
  const { value, closed } = options;
  if (value.groupBy === 'team') {
    return treeRows({ items: teamsOf(value), closed });
  }
  const flat = value.items.map(item => ({
    item,
    depth: 0,
    hasChildren: false,
  }));
  return value.groupBy === 'ownerRef'
    ? // One repair of an owner that does not exist heals all its components.
      flat.sort(
        (a, b) =>
          Number(a.item.resolves !== false) - Number(b.item.resolves !== false),
      )
    : flat;
}

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
        <span>
          <RefWords
            text={t('pages.drift.group.unresolved', { ref: item.key })}
          />
        </span>
      </span>
    );
  }
  const bucket = ageBuckets.find(({ key }) => key === item.key)?.key;
  return (
    <span className={styles.groupName}>
      {groupBy === 'age' && bucket
        ? t(`pages.drift.group.ages.${bucket}`)
        : item.title || item.key}
    </span>
  );
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
