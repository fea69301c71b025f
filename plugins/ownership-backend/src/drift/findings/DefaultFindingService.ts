import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type Finding,
  type FindingDetail,
  type FindingFilter,
  type FindingQuery,
  type Page,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { whereIn } from '../../api/whereVisible';
import { RevisedMemory } from '../RevisedMemory';
import type { RuleCatalogue } from '../RuleCatalogue';
import { columnText } from '../store/columnText';
import { deleteComment } from '../store/deleteComment';
import { listFindings, type ReportedFinding } from '../store/listFindings';
import { readComponentDocument } from '../store/readComponentDocument';
import { readFinding } from '../store/readFinding';
import { readFindingEvents } from '../store/readFindingEvents';
import { selectFindings } from '../store/selectFindings';
import { describePatch } from './describePatch';

/**
 * Findings as people and tools see them. Knows no permissions.
 */
export class DefaultFindingService {
  readonly #knex: Knex;
  readonly #rules: RuleCatalogue;
  readonly #now: () => Date;
  /** Of totals and ids of pages: some hundreds of pages, a few megabytes. */
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

  /** @throws InputError for an unknown sorting or cursor */
  async list(options: {
    query: FindingQuery;
    visible: VisibleRefs;
  }): Promise<Page<Finding>> {
    const { cursor, limit = 50, orderBy, ...filter } = options.query;
    const page = await listFindings({
      knex: this.#knex,
      selection: { filter, visible: options.visible, now: this.#now() },
      orderBy,
      cursor,
      limit,
      memory: this.#memory,
    });
    return { ...page, items: page.items.map(withoutReportFields) };
  }

  /** @throws NotFoundError where there is no finding of this id */
  async get(id: string): Promise<Finding> {
    const finding = await readFinding({ knex: this.#knex, id });
    if (!finding) {
      throw new NotFoundError(`There is no finding ${id.slice(0, 500)}`);
    }
    return finding;
  }

  /** @throws NotFoundError where there is no finding of this id */
  async detail(id: string): Promise<FindingDetail> {
    const finding = await this.get(id);
    const rule = this.#rules.describe(finding.ruleId);
    const [events, document] = await Promise.all([
      readFindingEvents({ knex: this.#knex, findingId: finding.id }),
      readComponentDocument({
        knex: this.#knex,
        entityRef: finding.entityRef,
      }),
    ]);
    return {
      ...finding,
      rule: {
        title: rule?.title ?? finding.ruleId,
        why: rule?.why ?? 'This rule is no longer part of the catalogue.',
        fix: rule?.fix ?? finding.remediation,
        docsUrl: rule?.docsUrl,
      },
      events,
      ...describePatch({ finding, document }),
    };
  }

  /**
   * Ids of all findings of a filter.
   *
   * @throws ConflictError where there are not as many as the caller expects
   */
  async matching(options: {
    filter: FindingFilter;
    expected: number;
    visible: VisibleRefs;
  }): Promise<string[]> {
    const { filter, expected, visible } = options;
    const now = this.#now();
    const query = () =>
      selectFindings({
        knex: this.#knex,
        selection: { filter, visible, now },
      });
    const ids: string[] = await query()
      .orderBy(['f.severity_rank', 'f.first_seen_at', 'f.id'])
      .limit(expected + 1)
      .pluck('f.id');
    if (ids.length !== expected) {
      const matches = await query().count({ count: '*' }).first();
      throw new ConflictError(
        `expected: ${expected} findings, but the filter matches ${matches?.count} now; look at them again`,
      );
    }
    return ids;
  }

  /** The entities some findings are of; ids that are none are left out. */
  async entitiesOf(ids: readonly string[]): Promise<string[]> {
    const query = this.#knex('findings').distinct('entity_ref');
    whereIn(
      query,
      'id',
      ids.map(id => columnText(id, 500)),
    );
    return query.pluck('entity_ref');
  }

  /** @throws NotFoundError where this person wrote no such comment there */
  async deleteComment(options: {
    id: string;
    comment: string;
    by: string;
  }): Promise<void> {
    const { id, comment, by } = options;
    const knex = this.#knex;
    if (!(await deleteComment({ knex, findingId: id, comment, by }))) {
      throw new NotFoundError(
        `There is no comment ${comment.slice(0, 100)} of yours on this finding`,
      );
    }
  }

  /** All findings of a selection in pages, worst first. */
  async *pages(options: {
    filter: FindingQuery;
    visible: VisibleRefs;
  }): AsyncGenerator<ReportedFinding[]> {
    const { filter, visible } = options;
    const now = this.#now();
    let cursor: string | undefined;
    do {
      const page = await listFindings({
        knex: this.#knex,
        selection: { filter, visible, now },
        cursor,
        limit: 500,
      });
      yield page.items;
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
  }
}

function withoutReportFields(finding: ReportedFinding): Finding {
  const { entityState: _state, tier: _tier, ...rest } = finding;
  return rest;
}
