import { InputError } from '@backstage/errors';
import {
  ageBuckets,
  normalizeRef,
  type DriftHistory,
  type DriftSummary,
  type FindingFilter,
  type FindingGroupBy,
  type Page,
  type RuleDescription,
  type Tombstone,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { countHidden } from '../api/countHidden';
import type { VisibleRefs } from '../api/Visibility';
import { RevisedMemory } from './RevisedMemory';
import type { RuleCatalogue } from './RuleCatalogue';
import { countComponents } from './store/countComponents';
import { countFindings } from './store/countFindings';
import type { FindingSelection } from './store/FindingSelection';
import { listTombstones } from './store/listTombstones';
import { readHistory } from './store/readHistory';
import { readLastCompletedScan } from './store/readLastCompletedScan';
import { readRevision } from './store/readRevision';
import { selectionKey } from './store/selectionKey';
import {
  summarizeFindings,
  type FindingGroup,
} from './store/summarizeFindings';
import { readRuleFaults } from './store/ruleFaults';
import { NONE } from './store/whereEntity';

const SEVERITY_TITLES: Record<string, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};
const AGE_TITLES: Record<string, string> = {
  today: 'Less than a day',
  week: 'A day to a week',
  month: 'A week to a month',
  quarter: '30 to 90 days',
  older: 'More than 90 days',
};
const NONE_TITLES: Partial<Record<FindingGroupBy, string>> = {
  team: 'No team',
  ownerRef: 'No owner named',
  tier: 'No tier',
};

/**
 * The drift report beyond its single findings. Knows no permissions.
 */
export class DefaultDriftReport {
  readonly #knex: Knex;
  readonly #rules: RuleCatalogue;
  readonly #now: () => Date;
  /** Of summaries, by their groups: some megabytes. */
  readonly #memory = new RevisedMemory({ maxWeight: 20_000 });

  constructor(options: {
    database: Knex;
    rules: RuleCatalogue;
    now: () => Date;
  }) {
    this.#knex = options.database;
    this.#rules = options.rules;
    this.#now = options.now;
  }

  async summary(options: {
    filter: FindingFilter;
    groupBy: FindingGroupBy;
    visible: VisibleRefs;
  }): Promise<DriftSummary> {
    const { filter, groupBy, visible } = options;
    const selection = { filter, visible, now: this.#now() };
    // Ages change by themselves.
    const key = groupBy === 'age' ? undefined : selectionKey(selection);
    if (!key) {
      return this.#summarize({ selection, groupBy });
    }
    const { revision } = await readRevision({ knex: this.#knex });
    return this.#memory.get({
      key: `${groupBy} ${key}`,
      revision,
      read: () => this.#summarize({ selection, groupBy }),
      weightOf: ({ items }) => items.length + 1,
    });
  }

  async #summarize(options: {
    selection: FindingSelection;
    groupBy: FindingGroupBy;
  }): Promise<DriftSummary> {
    const { selection, groupBy } = options;
    const { filter, visible } = selection;
    const knex = this.#knex;
    const [groups, totals, byState, hidden] = await Promise.all([
      summarizeFindings({ knex, selection, groupBy }),
      countFindings({ knex, selection }),
      countComponents({ knex, filter, visible }),
      countHidden(knex, { team: filter.team, visible }),
    ]);
    return {
      groupBy,
      items: inOrder(groups, groupBy).map(group => ({
        ...group,
        title: this.#titleOf(group, groupBy),
      })),
      totals: { ...totals, byState },
      hidden,
    };
  }

  /** Components, of the team of a filter or of all, that may not be seen. */
  async hidden(options: {
    filter: FindingFilter;
    visible: VisibleRefs;
  }): Promise<number> {
    const { filter, visible } = options;
    return countHidden(this.#knex, { team: filter.team, visible });
  }

  /** Points of a group with everything below it, or of everything. */
  async history(options: {
    team?: string;
    from?: string;
    to?: string;
  }): Promise<DriftHistory> {
    const { team, from, to } = options;
    const scope = team === undefined ? '*' : normalizeRef(team);
    if (!scope) {
      throw new InputError(
        'team: expected a ref such as group:default/payments',
      );
    }
    const now = this.#now();
    const yearAgo = new Date(now.getTime() - 366 * 86_400_000);
    const points = await readHistory({
      knex: this.#knex,
      scope,
      fromDay: day(from ?? yearAgo),
      toDay: day(to ?? now),
    });
    // A scan that changes nothing leaves the row of its day alone; the last
    // point still says when it was last looked.
    const last = points[points.length - 1];
    const scan = await readLastCompletedScan({ knex: this.#knex });
    if (last && scan && day(scan.started_at) === day(last.at)) {
      points[points.length - 1] = { ...last, at: scan.started_at };
    }
    return { points };
  }

  async tombstones(options: {
    visible: VisibleRefs;
    cursor?: string;
    limit?: number;
  }): Promise<Page<Tombstone>> {
    const { visible, cursor, limit = 50 } = options;
    return listTombstones({ knex: this.#knex, visible, cursor, limit });
  }

  async rules(options: {
    visible: VisibleRefs;
  }): Promise<{ items: RuleDescription[] }> {
    const groups = await summarizeFindings({
      knex: this.#knex,
      selection: { filter: {}, visible: options.visible, now: this.#now() },
      groupBy: 'rule',
    });
    const open = new Map(groups.map(({ key, findings }) => [key, findings]));
    // Why a rule breaks may repeat what a component holds.
    const broken =
      options.visible === 'all'
        ? await this.#brokenRules()
        : new Map<string, RuleDescription['broken']>();
    return {
      items: [...this.#rules.descriptions().values()].map(rule => ({
        ...rule,
        openFindings: open.get(rule.id) ?? 0,
        broken: broken.get(rule.id),
      })),
    };
  }

  async #brokenRules() {
    const faults = await readRuleFaults(this.#knex);
    return new Map<string, RuleDescription['broken']>(
      Array.from(faults, ([id, { components, message }]) => [
        id,
        { components, message },
      ]),
    );
  }

  #titleOf(group: FindingGroup, groupBy: FindingGroupBy): string {
    const { key } = group;
    if (key === NONE && NONE_TITLES[groupBy]) {
      return NONE_TITLES[groupBy];
    }
    switch (groupBy) {
      case 'rule':
        return this.#rules.describe(key)?.title ?? key;
      case 'severity':
        return SEVERITY_TITLES[key] ?? key;
      case 'age':
        return AGE_TITLES[key] ?? key;
      default:
        return group.title ?? key;
    }
  }
}

function inOrder(
  groups: FindingGroup[],
  groupBy: FindingGroupBy,
): FindingGroup[] {
  if (groupBy !== 'severity' && groupBy !== 'age') {
    return groups;
  }
  const order =
    groupBy === 'age'
      ? ageBuckets.map(({ key }) => key)
      : Object.keys(SEVERITY_TITLES);
  return groups.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

function day(moment: string | Date): string {
  return new Date(moment).toISOString().slice(0, 10);
}
