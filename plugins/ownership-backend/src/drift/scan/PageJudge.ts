import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { JudgedComponent } from '../ScanConsumer';
import type { FindingRow } from '../store/FindingRow';
import {
  readStoredComponents,
  type StoredComponent,
} from '../store/readStoredComponents';
import { ownersText } from '../store/ownersText';
import { readStoredFindings } from '../store/readStoredFindings';
import {
  writeFindingChanges,
  type FindingChange,
} from '../store/writeFindingChanges';
import { breathe } from './breathe';
import { ComponentRows } from './ComponentRows';
import { findingNews, transitionOf } from './findingNews';
import {
  judgeComponents,
  type Judgement,
  type JudgementContext,
} from './judgeComponents';
import { Orphans } from './Orphans';
import { OrphanWriter, type OrphanSources } from './OrphanWriter';
import { planChanges } from './planChanges';
import type { RecalledVerdict } from './recallVerdicts';
import { rememberVerdicts } from './rememberVerdicts';
import type { Fence } from './ScanFence';
import type { ScanNews } from './ScanNews';
import type { StreamedComponent } from './streamComponents';
import type { VerdictMemory } from './VerdictMemory';
import { waivedRules } from './waivedRules';

const NONE_WAIVED: ReadonlySet<string> = new Set();

/** Orphans of which the verdicts are kept; those of the others are made again. */
export const MAX_KEPT = 1000;

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
  readonly #rows: ComponentRows;
  readonly #orphans: Orphans;
  readonly #orphanWriter: OrphanWriter;
  #written = 0;

  constructor(options: PageJudgeOptions) {
    this.#options = options;
    this.#rows = new ComponentRows(options);
    this.#orphans = new Orphans(options);
    this.#orphanWriter = new OrphanWriter({
      ...options,
      rows: this.#rows,
      orphans: this.#orphans,
      ownersByRef: this.#ownersByRef,
      judge: async page => {
        const read = await this.readStored(page);
        return (await this.#judgePage(read)).judgements;
      },
    });
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
    return this.#rows.ownersMoved;
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
    if (options.written > 0) {
      this.#rows.lostSight();
    }
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

  /** Writes the orphans that were judged. Call it once, after the last page. */
  async writeOrphans(sources: OrphanSources): Promise<void> {
    this.#written += await this.#orphanWriter.writeJudged(sources);
  }

  /**
   * Writes the orphans on which the last verdict stands, after the others:
   * somebody else may take them over now.
   */
  async writeRecalledOrphans(sources: OrphanSources): Promise<void> {
    this.#written += await this.#orphanWriter.writeRecalled(sources);
  }

  async #judgePage({ page, findings }: Pick<PageToJudge, 'page' | 'findings'>) {
    const { logger, context } = this.#options;
    const waived = waivedRules(findings, context.now);
    const judgements = await judgeComponents({
      page,
      context,
      isWaived: (ref, ruleId) => waived.get(ref)?.has(ruleId) ?? false,
      onError: (ref, error) => {
        this.#rows.lostSight();
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

      const { changes, unchanged } = planChanges({
        entityRef: facts.entityRef,
        owners: ownersText(ownerRefs),
        outcomes: evaluation.outcomes,
        stored: findings.get(facts.entityRef) ?? [],
        now: context.now,
        lastCompletedAt,
      });
      fence.counts.unchanged += unchanged;
      planned.push(...changes);
    }
    const plan = await this.#rows.plan({
      judgements: complete,
      stored: components,
    });
    const remember = (applied: FindingChange[]) =>
      rememberVerdicts({
        ...this.#options,
        ...{ judgements, findings, planned, applied },
      });

    return async () => {
      if (plan.rows.length === 0 && planned.length === 0) {
        await fence.beat();
        remember([]);
        return;
      }
      const contracts = await this.#rows.contractChanges(plan);
      const { applied, tell } = await fence.write(async tx => {
        await this.#rows.write(tx, plan);
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
            moved: plan.moved,
            // Nobody is told one by one of what the first scan of all finds.
            digest: lastCompletedAt ? digest : [],
          }),
        };
      });
      this.#written += plan.rows.length + applied.length;
      this.#count(applied);
      remember(applied);
      await tell();
    };
  }

  #count(applied: FindingChange[]): void {
    for (const { type } of applied) {
      const transition = transitionOf(type);
      if (transition) {
        this.#options.fence.counts[transition] += 1;
      }
    }
  }
}
