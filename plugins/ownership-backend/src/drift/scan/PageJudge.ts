import { setImmediate } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  entityRefOf,
  type OwnershipState,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { Digest } from '../digest/Digest';
import { recipientsOf } from '../digest/recipientsOf';
import type { DriftEvent, DriftEvents } from '../DriftEvents';
import type { JudgedComponent } from '../ScanConsumer';
import type { ComponentRow } from '../store/ComponentRow';
import type { FindingRow } from '../store/FindingRow';
import {
  readStoredComponents,
  type StoredComponent,
} from '../store/readStoredComponents';
import { inSlices } from '../store/inSlices';
import { readStoredFindings } from '../store/readStoredFindings';
import { writeComponents } from '../store/writeComponents';
import {
  writeFindingChanges,
  type FindingChange,
} from '../store/writeFindingChanges';
import { describeComponent } from './describeComponent';
import { inParallel } from './inParallel';
import {
  judgeComponents,
  type Judgement,
  type JudgementContext,
} from './judgeComponents';
import { planChanges } from './planChanges';
import type { ScanFence } from './ScanFence';
import { suggestionsFor } from './suggestionsFor';

/** A component that came into another state. */
export interface StateChange {
  entityRef: string;
  ownerRefs: string[];
  state: OwnershipState;
  previousState?: OwnershipState;
}

// What is kept in memory until the last page; the others do without.
const MAX_DEFERRED = 5000;

const EVENT_TYPES = {
  opened: 'finding.opened',
  reopened: 'finding.reopened',
  'waiver-expired': 'finding.reopened',
  'snooze-ended': 'finding.reopened',
  closed: 'finding.closed',
  changed: undefined,
} as const satisfies Record<
  FindingChange['type'],
  DriftEvent['type'] | undefined
>;

export interface PageJudgeOptions {
  knex: Knex;
  fence: ScanFence;
  logger: LoggerService;
  events: DriftEvents;
  context: JudgementContext;
  platformTeam?: string;
  /** Collects what owners are told. */
  digest: Digest;
  /** Collects the components that changed their state. */
  changes: StateChange[];
  /** Start of the last completed scan; ISO 8601. */
  lastCompletedAt: string | undefined;
}

/**
 * Judges the components of a scan a page at a time: compares with what is
 * stored and writes what is different, all of a page or nothing.
 */
export class PageJudge {
  readonly #options: PageJudgeOptions;
  readonly #ownersByRef = new Map<string, string[]>();
  readonly #deferred: Judgement[] = [];

  constructor(options: PageJudgeOptions) {
    this.#options = options;
  }

  /** Gives the refs of all the entities, and those that could be judged. */
  async judge(
    entities: Entity[],
  ): Promise<{ entityRefs: string[]; judged: JudgedComponent[] }> {
    const { knex, logger, context } = this.#options;
    const entityRefs = entities.map(entity => entityRefOf(entity) ?? '');
    const [components, findings] = await Promise.all([
      readStoredComponents({ knex, entityRefs }),
      readStoredFindings({ knex, entityRefs }),
    ]);
    const waived = waivedRules(findings, context.now);
    const judgements = await judgeComponents({
      entities,
      context,
      isWaived: (ref, ruleId) => waived.get(ref)?.has(ruleId) ?? false,
      onError: (ref, error) =>
        logger.warn(`${ref} could not be judged and stays as it was: ${error}`),
    });
    await this.#writeDifferences({
      judgements,
      components,
      findings,
      entityRefs,
    });
    return {
      entityRefs,
      judged: judgements.map(({ facts, evaluation }) => ({
        facts,
        outcomes: evaluation.outcomes,
        state: evaluation.state,
        stateReason: evaluation.stateReason,
        waived: waived.get(facts.entityRef) ?? new Set(),
      })),
    };
  }

  /**
   * Writes the orphans that others depend on: who could take them over is told
   * by the owners of those others, which are known only now. Call it once,
   * after the last page.
   */
  async writeDeferred(): Promise<void> {
    const { knex, fence, changes } = this.#options;
    for (const judgements of inSlices(this.#deferred)) {
      const stored = await readStoredComponents({
        knex,
        entityRefs: judgements.map(({ facts }) => facts.entityRef),
      });
      const { rows, added, moved } = await this.#compare(judgements, stored);
      if (rows.length > 0) {
        await fence.write(tx =>
          writeComponents({ knex: tx, components: rows, added }),
        );
        changes.push(...moved);
      }
    }
  }

  async #writeDifferences(options: {
    judgements: Judgement[];
    components: ReadonlyMap<string, StoredComponent>;
    findings: ReadonlyMap<string, FindingRow[]>;
    entityRefs: string[];
  }): Promise<void> {
    const { judgements, components, findings, entityRefs } = options;
    const { fence, context, changes } = this.#options;
    const at = context.now.toISOString();

    const complete: Judgement[] = [];
    const planned: FindingChange[] = [];
    for (const judgement of judgements) {
      const { facts, evaluation } = judgement;
      this.#ownersByRef.set(
        facts.entityRef,
        facts.owners.map(({ ref }) => ref),
      );
      const waits =
        evaluation.state === 'orphaned' &&
        facts.dependents.length > 0 &&
        this.#deferred.length < MAX_DEFERRED;
      (waits ? this.#deferred : complete).push(judgement);

      const plan = planChanges({
        entityRef: facts.entityRef,
        outcomes: evaluation.outcomes,
        stored: findings.get(facts.entityRef) ?? [],
        now: context.now,
        lastCompletedAt: this.#options.lastCompletedAt,
      });
      fence.counts.unchanged += plan.unchanged;
      planned.push(...plan.changes);
    }

    const { rows, added, moved } = await this.#compare(complete, components);
    fence.counts.processed += entityRefs.length;
    if (rows.length === 0 && planned.length === 0) {
      await fence.beat();
      return;
    }
    const applied = await fence.write(async tx => {
      await writeComponents({ knex: tx, components: rows, added });
      return writeFindingChanges({ knex: tx, changes: planned, at });
    });
    changes.push(...moved);
    await this.#tell({ applied, judgements, at });
  }

  /** The rows that are not as they are stored, and which of them changed their state. */
  async #compare(
    judgements: Judgement[],
    stored: ReadonlyMap<string, StoredComponent>,
  ) {
    const rows: Array<{ row: ComponentRow; ownerRefs: string[] }> = [];
    const added: string[] = [];
    const moved: StateChange[] = [];
    for (const [index, judgement] of judgements.entries()) {
      if (index % 50 === 49) {
        await setImmediate();
      }
      const { row, ownerRefs } = this.#describe(judgement);
      const before = stored.get(row.entity_ref);
      if (before?.fingerprint === row.fingerprint) {
        continue;
      }
      const stays = before?.state === row.state;
      const state_since = stays
        ? before.state_since
        : this.#options.context.now.toISOString();
      rows.push({ row: { ...row, state_since }, ownerRefs });
      if (!before) {
        added.push(row.entity_ref);
      }
      if (!stays) {
        moved.push({
          entityRef: row.entity_ref,
          ownerRefs,
          state: row.state,
          previousState: before?.state,
        });
      }
    }
    return { rows, added, moved };
  }

  #describe(judgement: Judgement) {
    const { organisation, requirements, missing } = this.#options.context;
    const { facts, evaluation } = judgement;
    return describeComponent({
      facts,
      verdict: evaluation,
      organisation,
      requirements,
      suggestedOwners:
        evaluation.state === 'orphaned'
          ? suggestionsFor({
              facts,
              organisation,
              missing,
              ownersByRef: this.#ownersByRef,
            })
          : undefined,
    });
  }

  /** Counts, events and the digest for what was written. */
  async #tell(options: {
    applied: FindingChange[];
    judgements: Judgement[];
    at: string;
  }): Promise<void> {
    const { applied, judgements, at } = options;
    const { fence, events, digest, context, platformTeam } = this.#options;
    const byRef = new Map(judgements.map(j => [j.facts.entityRef, j]));

    for (const { type, row } of applied) {
      const kind = type === 'opened' || type === 'closed' ? type : 'reopened';
      if (type !== 'changed') {
        fence.counts[kind] += 1;
      }
      const judgement = byRef.get(row.entity_ref);
      if (judgement && type !== 'changed' && kind !== 'closed') {
        const { facts, evaluation } = judgement;
        const recipients = recipientsOf({
          facts,
          state: evaluation.state,
          organisation: context.organisation,
          platformTeam,
        });
        digest.add(recipients, {
          kind,
          severity: row.severity,
          entityRef: row.entity_ref,
          entityTitle:
            facts.entity.metadata.title ?? facts.entity.metadata.name,
          message: row.message,
        });
      }
    }
    await inParallel(applied, 10, async ({ type, row, from }) => {
      const eventType = EVENT_TYPES[type];
      if (eventType) {
        await events.publish({
          type: eventType,
          at,
          findingId: row.id,
          ruleId: row.rule_id,
          entityRef: row.entity_ref,
          ownerRefs:
            byRef.get(row.entity_ref)?.facts.owners.map(({ ref }) => ref) ?? [],
          severity: row.severity,
          previousState: from,
        });
      }
    });
  }
}

/** Ids of the rules whose finding is waived now, by component. */
function waivedRules(
  findings: ReadonlyMap<string, FindingRow[]>,
  now: Date,
): Map<string, Set<string>> {
  const at = now.toISOString();
  return new Map(
    [...findings].map(([ref, rows]) => [
      ref,
      new Set(
        rows
          .filter(
            ({ state, waiver_expires_at: until }) =>
              state === 'waived' && until !== null && until > at,
          )
          .map(({ rule_id }) => rule_id),
      ),
    ]),
  );
}
