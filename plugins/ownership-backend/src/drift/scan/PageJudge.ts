import type { LoggerService } from '@backstage/backend-plugin-api';
import { sourceRepository } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { groupingsOf } from '../../directory/groupingsOf';
import type { JudgedComponent } from '../ScanConsumer';
import type { FindingRow } from '../store/FindingRow';
import {
  readStoredComponents,
  type StoredComponent,
} from '../store/readStoredComponents';
import { inSlices } from '../store/inSlices';
import { ownersText } from '../store/ownersText';
import { readStoredFindings } from '../store/readStoredFindings';
import { writeComponents } from '../store/writeComponents';
import {
  writeFindingChanges,
  type FindingChange,
} from '../store/writeFindingChanges';
import type { OwnerSignals } from '../suggestions/OwnerSignals';
import type { DecisionRecords } from '../suggestions/readDecisions';
import { readOwnerSignals } from '../suggestions/readOwnerSignals';
import { rememberFormerOwners } from '../suggestions/rememberFormerOwners';
import { breathe } from './breathe';
import { changedRows } from './changedRows';
import { contractChanges } from './contractChanges';
import { describeComponent } from './describeComponent';
import { findingNews, transitionOf } from './findingNews';
import {
  judgeComponents,
  reportsOn,
  type Judgement,
  type JudgementContext,
} from './judgeComponents';
import { movesOwners } from './movesOwners';
import { Orphans } from './Orphans';
import { planChanges } from './planChanges';
import { readReplaced } from './readReplaced';
import type { RecalledVerdict } from './recallVerdicts';
import type { Fence } from './ScanFence';
import type { ScanNews, StateChange } from './ScanNews';
import type { StreamedComponent } from './streamComponents';
import { standingFindings } from './standingFindings';
import { suggestionsFor } from './suggestionsFor';
import type { VerdictMemory } from './VerdictMemory';
import { waivedRules } from './waivedRules';

/** No moment is later. */
const NEVER = Number.MAX_SAFE_INTEGER;
const NONE_WAIVED: ReadonlySet<string> = new Set();
const NO_FINDINGS: readonly string[] = [];

/** Orphans of which the verdicts are kept; those of the others are made again. */
export const MAX_KEPT = 1000;
/** Orphans that are asked about and written together. */
const MAX_AT_ONCE = 1000;

export interface PageJudgeOptions {
  knex: Knex;
  fence: Fence;
  logger: LoggerService;
  news: ScanNews;
  context: JudgementContext;
  platformTeam?: string;
  /** Start of the last completed scan; ISO 8601. */
  lastCompletedAt: string | undefined;
  memory: Pick<VerdictMemory, 'remember'>;
  /** Orphans of which the verdicts are kept until they are written. */
  maxKept: number;
}

/** What owner suggestions are made from at the end of a scan. */
interface OrphanSources {
  /** What people answered to suggestions so far. */
  records: DecisionRecords;
  /** Reads components again of which the verdict is not kept. */
  read: (entityRefs: string[]) => Promise<StreamedComponent[]>;
}

/** A page of components with what is stored of them. */
export interface PageToJudge {
  page: StreamedComponent[];
  components: ReadonlyMap<string, StoredComponent>;
  findings: ReadonlyMap<string, FindingRow[]>;
}

/**
 * Judges the components of a scan a page at a time: compares with what is
 * stored and writes what is different, all of a page or nothing.
 */
export class PageJudge {
  readonly #options: PageJudgeOptions;
  readonly #ownersByRef = new Map<string, readonly string[]>();
  readonly #orphans: Orphans;
  /** Of the orphans that are just written. */
  #signals: ReadonlyMap<string, OwnerSignals> = new Map();
  #written = 0;
  #ownersMoved = false;

  constructor(options: PageJudgeOptions) {
    this.#options = options;
    this.#orphans = new Orphans(options);
  }

  /** Owners of the components that were judged or kept. */
  get owners(): ReadonlyMap<string, readonly string[]> {
    return this.#ownersByRef;
  }

  /** Those that wait for `writeOrphans`. */
  get orphans(): readonly string[] {
    return this.#orphans.refs;
  }

  /** Whether it wrote anything that owner suggestions are made of, or left something out. */
  get ownersMoved(): boolean {
    return this.#ownersMoved;
  }

  /** Rows of components and findings that were written so far. */
  get written(): number {
    return this.#written;
  }

  /** Takes note of what another one judged and wrote. */
  takeOver(options: {
    owners: Iterable<readonly [string, readonly string[]]>;
    orphans: readonly string[];
    written: number;
  }): void {
    for (const [ref, ownerRefs] of options.owners) {
      this.#ownersByRef.set(ref, ownerRefs);
    }
    this.#orphans.takeOver(options.orphans);
    this.#written += options.written;
    // What it was is not told.
    this.#ownersMoved ||= options.written > 0;
  }

  /** Takes over verdicts that stand. */
  keep(same: readonly RecalledVerdict[]): void {
    const { fence, memory, context } = this.#options;
    for (const { entityRef, verdict } of same) {
      memory.remember(entityRef, verdict);
      this.#ownersByRef.set(entityRef, verdict.ownerRefs);
      verdict.missed?.forEach(context.missing.since);
      if (verdict.orphaned) {
        this.#orphans.recall(entityRef);
      }
      fence.counts.unchanged += verdict.findings.length;
    }
    fence.counts.processed += same.length;
  }

  /** A page with what is stored of it. */
  async readStored(page: StreamedComponent[]): Promise<PageToJudge> {
    const { knex } = this.#options;
    const entityRefs = page.map(({ entityRef }) => entityRef);
    const [components, findings] = await Promise.all([
      readStoredComponents({ knex, entityRefs }),
      readStoredFindings({ knex, entityRefs }),
    ]);
    return { page, components, findings };
  }

  /**
   * Judges a page. Gives those that could be judged, and what has to be
   * written of them, to be called once.
   */
  async judge({ page, components, findings }: PageToJudge): Promise<{
    judged: JudgedComponent[];
    write: () => Promise<void>;
  }> {
    const { fence } = this.#options;
    const { judgements, waived } = await this.#judgePage({ page, findings });
    fence.counts.processed += page.length;
    const write = await this.#planWrites({ judgements, components, findings });
    return {
      write,
      judged: judgements.map(({ facts, evaluation }) => ({
        facts,
        outcomes: evaluation.outcomes,
        state: evaluation.state,
        stateReason: evaluation.stateReason,
        waived: waived.get(facts.entityRef) ?? NONE_WAIVED,
      })),
    };
  }

  /**
   * Writes the orphans that were judged: who could take them over is told by
   * the owners of what depends on them and of their neighbours, which are known
   * only now. Call it once, after the last page.
   */
  async writeOrphans(options: OrphanSources): Promise<void> {
    const { records } = options;
    for (const judgements of inSlices(this.#orphans.kept, MAX_AT_ONCE)) {
      await this.#writeRows({ judgements, records });
    }
    await this.#writeAgain({ ...options, refs: this.#orphans.forgotten });
  }

  /**
   * Writes the orphans on which the last verdict stands, after the others:
   * somebody else may take them over now.
   */
  async writeRecalledOrphans(options: OrphanSources): Promise<void> {
    await this.#writeAgain({ ...options, refs: this.#orphans.recalled });
  }

  async #writeAgain(options: OrphanSources & { refs: string[] }) {
    const { records, read, refs } = options;
    for (const slice of inSlices(refs, MAX_AT_ONCE)) {
      const again = await this.readStored(await read(slice));
      const { judgements } = await this.#judgePage(again);
      await this.#writeRows({
        judgements: judgements.filter(
          // What found an owner meanwhile is left to the next scan.
          ({ evaluation }) => evaluation.state === 'orphaned',
        ),
        records,
      });
    }
  }

  async #writeRows(options: {
    judgements: Judgement[];
    records: DecisionRecords;
  }): Promise<void> {
    const { judgements, records } = options;
    const { knex, fence, news } = this.#options;
    this.#signals = await readOwnerSignals({
      knex,
      records,
      orphaned: this.#orphans.refs,
      components: judgements.map(
        ({ facts: { entity, entityRef, owners } }) => ({
          entityRef,
          ownerRefs: owners.map(({ ref }) => ref),
          systemRef: groupingsOf(entity, this.#options.context.organisation)
            .systemRef,
          repository: sourceRepository(entity),
        }),
      ),
    });
    const stored = await readStoredComponents({
      knex,
      entityRefs: judgements.map(({ facts }) => facts.entityRef),
    });
    const { rows, added, moved } = await this.#compare(judgements, stored);
    if (rows.length > 0) {
      const contracts = await this.#compareReplaced(rows, added);
      const tell = await fence.write(async tx => {
        await this.#keepFormerOwners(tx, moved);
        await writeComponents({ knex: tx, components: rows, added });
        return news.keep(tx, { events: contracts, moved });
      });
      this.#written += rows.length;
      await tell();
    }
  }

  async #judgePage({ page, findings }: Pick<PageToJudge, 'page' | 'findings'>) {
    const { logger, context } = this.#options;
    const waived = waivedRules(findings, context.now);
    const judgements = await judgeComponents({
      page,
      context,
      isWaived: (ref, ruleId) => waived.get(ref)?.has(ruleId) ?? false,
      onError: (ref, error) => {
        // Nobody knows whose it is now.
        this.#ownersMoved = true;
        logger.warn(`${ref} could not be judged and stays as it was: ${error}`);
      },
    });
    return { judgements, waived };
  }

  async #planWrites(options: {
    judgements: Judgement[];
    components: ReadonlyMap<string, StoredComponent>;
    findings: ReadonlyMap<string, FindingRow[]>;
  }): Promise<() => Promise<void>> {
    const { judgements, components, findings } = options;
    const { fence, context, lastCompletedAt, news } = this.#options;
    const at = context.now.toISOString();

    const complete: Judgement[] = [];
    const planned: FindingChange[] = [];
    for (const [index, judgement] of judgements.entries()) {
      await breathe(index);
      const { facts, evaluation } = judgement;
      const ownerRefs = facts.owners.map(({ ref }) => ref);
      this.#ownersByRef.set(facts.entityRef, ownerRefs);
      if (evaluation.state !== 'orphaned') {
        complete.push(judgement);
      } else {
        this.#orphans.add(judgement);
      }

      const plan = planChanges({
        entityRef: facts.entityRef,
        owners: ownersText(ownerRefs),
        outcomes: evaluation.outcomes,
        stored: findings.get(facts.entityRef) ?? [],
        now: context.now,
        lastCompletedAt,
      });
      fence.counts.unchanged += plan.unchanged;
      planned.push(...plan.changes);
    }
    const { rows, added, moved } = await this.#compare(complete, components);

    return async () => {
      if (rows.length === 0 && planned.length === 0) {
        await fence.beat();
        this.#remember({ judgements, findings, applied: [], planned });
        return;
      }
      const contracts = await this.#compareReplaced(rows, added);
      const { applied, tell } = await fence.write(async tx => {
        await this.#keepFormerOwners(tx, moved);
        await writeComponents({ knex: tx, components: rows, added });
        const written = await writeFindingChanges({
          ...{ knex: tx, changes: planned, at },
        });
        const { events, digest } = findingNews({
          ...this.#options,
          applied: written,
          judgements,
        });
        return {
          applied: written,
          tell: await news.keep(tx, {
            events: [...events, ...contracts],
            moved,
            // Nobody is told one by one of what the first scan of all finds.
            digest: lastCompletedAt ? digest : [],
          }),
        };
      });
      this.#written += rows.length + applied.length;
      this.#count(applied);
      this.#remember({ judgements, findings, applied, planned });
      await tell();
    };
  }

  /** What is told of the contracts in rows; to be called before they are written. */
  async #compareReplaced(
    rows: Awaited<ReturnType<typeof changedRows>>['rows'],
    added: string[],
  ) {
    const { knex, context } = this.#options;
    const replaced = await readReplaced({ knex, rows, added });
    if (!this.#ownersMoved && (await movesOwners({ rows, replaced }))) {
      this.#ownersMoved = true;
    }
    return contractChanges({ rows, replaced, at: context.now.toISOString() });
  }

  #count(applied: FindingChange[]): void {
    for (const { type } of applied) {
      const transition = transitionOf(type);
      if (transition) {
        this.#options.fence.counts[transition] += 1;
      }
    }
  }

  async #keepFormerOwners(tx: Knex, moved: StateChange[]): Promise<void> {
    await rememberFormerOwners({
      knex: tx,
      entityRefs: moved
        .filter(({ state }) => state === 'orphaned')
        .map(({ entityRef }) => entityRef),
      until: this.#options.context.now.toISOString(),
    });
  }

  /** To be called once what was planned is written. */
  #remember(options: {
    judgements: Judgement[];
    findings: ReadonlyMap<string, FindingRow[]>;
    planned: FindingChange[];
    applied: FindingChange[];
  }): void {
    const standing = standingFindings(options);
    for (const judgement of options.judgements) {
      const { facts, evaluation, missed, repeatable } = judgement;
      const ids = standing.get(facts.entityRef);
      const { etag } = facts.entity.metadata;
      const reports = reportsOn(facts.entityRef, this.#options.context);
      if (repeatable && etag && reports !== undefined && ids !== 'handled') {
        this.#options.memory.remember(facts.entityRef, {
          etag,
          validUntil: this.#validUntil(judgement),
          reports,
          ownerRefs: this.#ownersByRef.get(facts.entityRef) ?? [],
          findings: ids ?? NO_FINDINGS,
          ...(missed.size > 0 && { missed: [...missed.keys()] }),
          ...(evaluation.state === 'orphaned' && { orphaned: true }),
        });
      }
    }
  }

  /** Milliseconds since the epoch; whoever is missed may be waited for until then. */
  #validUntil({ evaluation, missed }: Judgement): number {
    const { now, graceMs } = this.#options.context;
    const moments = Array.from(
      missed.values(),
      since => since.getTime() + graceMs,
    ).filter(moment => moment > now.getTime());
    return Math.min(evaluation.validUntil?.getTime() ?? NEVER, ...moments);
  }

  async #compare(
    judgements: Judgement[],
    stored: ReadonlyMap<string, StoredComponent>,
  ) {
    return changedRows({
      ...{ judgements, stored, now: this.#options.context.now },
      describe: judgement => this.#describe(judgement),
    });
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
              signals: this.#signals.get(facts.entityRef),
            })
          : undefined,
    });
  }
}
