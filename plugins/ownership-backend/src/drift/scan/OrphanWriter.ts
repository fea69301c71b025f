import { sourceRepository } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { groupingsOf } from '../../directory/groupingsOf';
import { inSlices } from '../store/inSlices';
import { readStoredComponents } from '../store/readStoredComponents';
import type { DecisionRecords } from '../suggestions/readDecisions';
import { readOwnerSignals } from '../suggestions/readOwnerSignals';
import type { ComponentRows } from './ComponentRows';
import type { Judgement, JudgementContext } from './judgeComponents';
import type { Orphans } from './Orphans';
import type { Fence } from './ScanFence';
import type { ScanNews } from './ScanNews';
import type { StreamedComponent } from './streamComponents';
import { suggestionsFor } from './suggestionsFor';

/** Orphans that are asked about and written together. */
const MAX_AT_ONCE = 1000;

/** What owner suggestions are made from at the end of a scan. */
export interface OrphanSources {
  /** What people answered to suggestions so far. */
  records: DecisionRecords;
  /** Reads components again of which the verdict is not kept. */
  read: (entityRefs: string[]) => Promise<StreamedComponent[]>;
}

interface OrphanWriterOptions {
  knex: Knex;
  fence: Fence;
  news: ScanNews;
  context: JudgementContext;
  rows: ComponentRows;
  orphans: Orphans;
  /** Owners of every component of this scan, by ref. */
  ownersByRef: ReadonlyMap<string, readonly string[]>;
  /** Judges components of which the verdict is not kept. */
  judge: (page: StreamedComponent[]) => Promise<Judgement[]>;
}

/**
 * Writes the rows of orphans. Who could take them over is told by the owners
 * of what depends on them and of their neighbours, which are known only when
 * all components are judged.
 */
export class OrphanWriter {
  readonly #options: OrphanWriterOptions;

  constructor(options: OrphanWriterOptions) {
    this.#options = options;
  }

  /** @returns how many rows of those that were judged were written */
  async writeJudged(options: OrphanSources): Promise<number> {
    const { orphans } = this.#options;
    const { records } = options;
    let written = 0;
    for (const judgements of inSlices(orphans.kept, MAX_AT_ONCE)) {
      written += await this.#write({ judgements, records });
    }
    return (
      written +
      (await this.#writeAgain({ ...options, refs: orphans.forgotten }))
    );
  }

  /** @returns how many rows of those on which the last verdict stands were written */
  async writeRecalled(options: OrphanSources): Promise<number> {
    const refs = this.#options.orphans.recalled;
    return this.#writeAgain({ ...options, refs });
  }

  async #writeAgain(
    options: OrphanSources & { refs: string[] },
  ): Promise<number> {
    const { records, read, refs } = options;
    let written = 0;
    for (const slice of inSlices(refs, MAX_AT_ONCE)) {
      const judgements = await this.#options.judge(await read(slice));
      written += await this.#write({
        judgements: judgements.filter(
          // What found an owner meanwhile is left to the next scan.
          ({ evaluation }) => evaluation.state === 'orphaned',
        ),
        records,
      });
    }
    return written;
  }

  async #write(options: {
    judgements: Judgement[];
    records: DecisionRecords;
  }): Promise<number> {
    const { judgements, records } = options;
    const { knex, fence, news, rows, context, orphans, ownersByRef } =
      this.#options;
    const { organisation, missing } = context;
    const signals = await readOwnerSignals({
      ...{ knex, records },
      orphaned: orphans.refs,
      components: judgements.map(
        ({ facts: { entity, entityRef, owners } }) => ({
          entityRef,
          ownerRefs: owners.map(({ ref }) => ref),
          systemRef: groupingsOf(entity, organisation).systemRef,
          repository: sourceRepository(entity),
        }),
      ),
    });
    const plan = await rows.plan({
      judgements,
      stored: await readStoredComponents({
        knex,
        entityRefs: judgements.map(({ facts }) => facts.entityRef),
      }),
      suggest: ({ facts }) =>
        suggestionsFor({
          ...{ facts, organisation, missing, ownersByRef },
          signals: signals.get(facts.entityRef),
        }),
    });
    if (plan.rows.length > 0) {
      const events = await rows.contractChanges(plan);
      const tell = await fence.write(async tx => {
        await rows.write(tx, plan);
        return news.keep(tx, { events, moved: plan.moved });
      });
      await tell();
    }
    return plan.rows.length;
  }
}
