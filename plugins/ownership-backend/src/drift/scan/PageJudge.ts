import type { LoggerService } from '@backstage/backend-plugin-api';
import type { OwnershipState } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { Digest } from '../digest/Digest';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import type { JudgedComponent } from '../ScanConsumer';
import type { ComponentRow } from '../store/ComponentRow';
import type { FindingRow } from '../store/FindingRow';
import {
  readStoredComponents,
  type StoredComponent,
} from '../store/readStoredComponents';
import { inSlices } from '../store/inSlices';
import { readOpenFindings } from '../store/readOpenFindings';
import { readStoredFindings } from '../store/readStoredFindings';
import { writeComponents } from '../store/writeComponents';
import {
  writeFindingChanges,
  type FindingChange,
} from '../store/writeFindingChanges';
import { breathe } from './breathe';
import { describeComponent } from './describeComponent';
import {
  isReportedOn,
  judgeComponents,
  type Judgement,
  type JudgementContext,
} from './judgeComponents';
import { planChanges } from './planChanges';
import type { ScanFence } from './ScanFence';
import type { StreamedComponent } from './streamComponents';
import { suggestionsFor } from './suggestionsFor';
import { tellFindings } from './tellFindings';
import type { VerdictMemory } from './VerdictMemory';
import { waivedRules } from './waivedRules';

/** A component that came into another state. */
export interface StateChange {
  entityRef: string;
  ownerRefs: string[];
  state: OwnershipState;
  previousState?: OwnershipState;
}

// What is kept in memory until the last page; the others do without.
const MAX_DEFERRED = 5000;

export interface PageJudgeOptions {
  knex: Knex;
  fence: ScanFence;
  logger: LoggerService;
  events: OwnershipEvents;
  context: JudgementContext;
  platformTeam?: string;
  /** Collects what owners are told. */
  digest: Digest;
  /** Collects the components that changed their state. */
  changes: StateChange[];
  /** Start of the last completed scan; ISO 8601. */
  lastCompletedAt: string | undefined;
  memory: VerdictMemory;
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

  /**
   * Divides a page into the components on which the last verdict stands, as
   * refs, and those that have to be judged. A finding that somebody handled
   * meanwhile is a reason to judge.
   */
  async recall(
    page: StreamedComponent[],
  ): Promise<{ same: string[]; rest: StreamedComponent[] }> {
    const { knex, fence, context, memory } = this.#options;
    const open = await readOpenFindings({
      knex,
      entityRefs: page.map(({ entityRef }) => entityRef),
    });
    const same: string[] = [];
    const rest = page.filter(({ entityRef, entity }) => {
      const verdict = memory.recall({
        entityRef,
        etag: entity.metadata.etag,
        now: context.now,
      });
      const findings = open.ids.get(entityRef) ?? [];
      if (
        !verdict ||
        isReportedOn(entityRef, context) ||
        open.handled.has(entityRef) ||
        verdict.findings.join() !== findings.join()
      ) {
        return true;
      }
      same.push(entityRef);
      memory.remember(entityRef, verdict);
      this.#ownersByRef.set(entityRef, verdict.ownerRefs);
      fence.counts.unchanged += verdict.findings.length;
      return false;
    });
    fence.counts.processed += same.length;
    return { same, rest };
  }

  /** Judges a page, and gives those that could be judged. */
  async judge(page: StreamedComponent[]): Promise<JudgedComponent[]> {
    const { knex, fence, logger, context } = this.#options;
    const entityRefs = page.map(({ entityRef }) => entityRef);
    const [components, findings] = await Promise.all([
      readStoredComponents({ knex, entityRefs }),
      readStoredFindings({ knex, entityRefs }),
    ]);
    const waived = waivedRules(findings, context.now);
    const judgements = await judgeComponents({
      page,
      context,
      isWaived: (ref, ruleId) => waived.get(ref)?.has(ruleId) ?? false,
      onError: (ref, error) =>
        logger.warn(`${ref} could not be judged and stays as it was: ${error}`),
    });
    fence.counts.processed += page.length;
    await this.#writeDifferences({ judgements, components, findings });
    return judgements.map(({ facts, evaluation }) => ({
      facts,
      outcomes: evaluation.outcomes,
      state: evaluation.state,
      stateReason: evaluation.stateReason,
      waived: waived.get(facts.entityRef) ?? new Set(),
    }));
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
  }): Promise<void> {
    const { judgements, components, findings } = options;
    const { fence, context, changes } = this.#options;
    const at = context.now.toISOString();

    const complete: Judgement[] = [];
    const planned: FindingChange[] = [];
    const settled: Judgement[] = [];
    for (const [index, judgement] of judgements.entries()) {
      await breathe(index);
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

      const stored = findings.get(facts.entityRef) ?? [];
      const plan = planChanges({
        entityRef: facts.entityRef,
        outcomes: evaluation.outcomes,
        stored,
        now: context.now,
        lastCompletedAt: this.#options.lastCompletedAt,
      });
      fence.counts.unchanged += plan.unchanged;
      planned.push(...plan.changes);
      if (
        judgement.repeatable &&
        plan.changes.length === 0 &&
        stored.every(({ state }) => state === 'open' || state === 'closed')
      ) {
        settled.push(judgement);
      }
    }

    const { rows, added, moved } = await this.#compare(complete, components);
    const changed = new Set(rows.map(({ row }) => row.entity_ref));
    for (const judgement of settled) {
      if (!changed.has(judgement.facts.entityRef)) {
        this.#remember(judgement, findings);
      }
    }
    if (rows.length === 0 && planned.length === 0) {
      await fence.beat();
      return;
    }
    const applied = await fence.write(async tx => {
      await writeComponents({ knex: tx, components: rows, added });
      return writeFindingChanges({ knex: tx, changes: planned, at });
    });
    changes.push(...moved);
    await tellFindings({ ...this.#options, applied, judgements });
  }

  /** To be called for what is stored as it was judged. */
  #remember(
    { facts, evaluation }: Judgement,
    findings: ReadonlyMap<string, FindingRow[]>,
  ): void {
    const { etag } = facts.entity.metadata;
    if (etag) {
      this.#options.memory.remember(facts.entityRef, {
        etag,
        validUntil: evaluation.validUntil?.getTime() ?? Infinity,
        ownerRefs: facts.owners.map(({ ref }) => ref),
        findings: (findings.get(facts.entityRef) ?? [])
          .filter(({ state }) => state === 'open')
          .map(({ id }) => id)
          .sort(),
      });
    }
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
      await breathe(index);
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
}
