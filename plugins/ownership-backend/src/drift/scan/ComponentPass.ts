import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ConfiguredRule } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { MissingPrincipals } from '../../directory/MissingPrincipals';
import type { PrincipalRow } from '../../directory/store/readPrincipals';
import { writeMissing } from '../../directory/store/writeMissing';
import { syncDirectory } from '../../directory/syncDirectory';
import type { DriftConfig } from '../DriftConfig';
import type { ScanConsumer, ScanProgress } from '../ScanConsumer';
import { inSlices } from '../store/inSlices';
import { readDecisionRecords } from '../suggestions/readDecisions';
import { refreshStatistics } from '../store/refreshStatistics';
import { breathe } from './breathe';
import { judgePages } from './judgePages';
import type { LastScan, Recalled } from './LastScan';
import { MAX_KEPT, PageJudge } from './PageJudge';
import { recount } from './part/recount';
import type { ScanDivision } from './part/ScanDivision';
import type { ScanWorld } from './part/ScanWorld';
import { readAll, readRest } from './readPages';
import type { Reports, ReportSources } from './readReports';
import { removeVanished } from './removeVanished';
import type { ScanFence } from './ScanFence';
import type { ScanNews } from './ScanNews';
import { PAGE_SIZE } from './streamComponents';

export interface ComponentPassOptions {
  knex: Knex;
  catalog: CatalogService;
  logger: LoggerService;
  config: DriftConfig;
  rules: readonly ConfiguredRule[];
  /** Paths that configured predicates look at. */
  moreFields: string[];
  requirements: ReportSources['requirements'];
  consumers: readonly ScanConsumer[];
  /** Whether every consumer can be told that something is as it was. */
  canKeep: boolean;
  last: LastScan;
  division: ScanDivision;
}

/** So many rows in one scan that the database's own idea of the tables is of another time. */
const MANY = 1000;

/**
 * The pass of a scan over all components: judges those of which the last
 * verdict does not stand, here or divided over replicas, and writes what is
 * different.
 */
export class ComponentPass {
  readonly #options: ComponentPassOptions;

  constructor(options: ComponentPassOptions) {
    this.#options = options;
  }

  /**
   * @returns what consumers may know of the scan, whether so much was
   * written that what follows from it does well to look at the tables anew, and
   * by which answers of people the suggestions for orphans would be made again
   * as they are, if they would
   * @throws where it could not look at everything
   */
  async run(options: {
    scanId: string;
    now: Date;
    carriesOn: boolean;
    signal: AbortSignal;
    fence: ScanFence;
    world: ScanWorld;
    divides: boolean;
    recalled: Recalled | undefined;
    reports: Reports;
    stored: ReadonlyMap<string, PrincipalRow>;
    credentials: BackstageCredentials;
    news: ScanNews;
    lastScanId: string | undefined;
  }): Promise<{
    progress: ScanProgress;
    manyWritten: boolean;
    suggestedBy: string | undefined;
  }> {
    const { scanId, now, signal, fence, world, recalled, news } = options;
    const { catalog, config, consumers, division, knex, last, rules } =
      this.#options;
    const { organisation, ownerLoads } = world;
    const { directory } = organisation;

    const missing = new MissingPrincipals({
      stored: world.storedMissing,
      former: world.former,
      directory,
      now,
    });
    const context = {
      now,
      organisation,
      rules,
      graceMs: config.graceMs,
      requirements: this.#options.requirements,
      ...options.reports,
      ownerLoads,
    };
    const judge = new PageJudge({
      knex,
      fence,
      logger: this.#options.logger,
      news,
      platformTeam: config.platformTeam,
      lastCompletedAt: world.lastCompletedAt,
      memory: last.verdicts,
      maxKept: MAX_KEPT,
      context: { ...context, missing },
    });
    const progress: ScanProgress = { scanId, now, directory };
    last.verdicts.begin({
      lastScanId: options.lastScanId,
      organisation: this.#options.canKeep
        ? [
            organisation.version,
            world.reportsVersion,
            ...consumers.map(consumer => consumer.version?.()),
          ].join(' ')
        : undefined,
      now,
    });

    const seen = new Set<string>();
    let next = MANY;
    const begin = () =>
      fence.write(async tx => {
        await writeMissing({
          knex: tx,
          missing: missing.vanished(),
          back: [],
          since: now.toISOString(),
        });
        await syncDirectory({
          ...{ knex: tx, directory, stored: options.stored },
          former: world.former,
        });
      });
    const onWritten = async () => {
      if (judge.written >= next) {
        next = judge.written * 4;
        await refreshStatistics({ knex });
      }
    };
    if (options.divides) {
      await begin();
      await division.judge({
        ...options,
        ...{ judge, missing, progress, onWritten, consumers, context },
        memory: last.verdicts,
        onRefs: refs => refs.forEach(ref => seen.add(ref)),
      });
    } else {
      if (recalled) {
        await this.#keep({ recalled, judge, progress, seen });
      }
      const source = {
        ...{ catalog, signal, credentials: options.credentials },
        moreFields: this.#options.moreFields,
      };
      const pages = recalled
        ? readRest({ ...source, marks: recalled.rest })
        : readAll({ ...source, kinds: config.kinds, organisation, seen });
      await judgePages({
        ...{ pages, judge, consumers, progress, begin, onWritten },
      });
    }

    signal.throwIfAborted();
    // First: who answered for what is gone is nobody's neighbour any more.
    const removed = await removeVanished({
      ...{ knex, fence, news, seen, now },
      kinds: config.kinds,
    });
    const records = await readDecisionRecords({ knex });
    const orphanSources = {
      records,
      read: (refs: string[]) => division.read(refs),
    };
    await judge.writeOrphans(orphanSources);
    const isSettled = () => removed === 0 && !judge.ownersMoved;
    if (recalled?.suggestedBy !== records.version || !isSettled()) {
      await judge.writeRecalledOrphans(orphanSources);
    }
    const changes = missing.changes();
    await fence.write(tx =>
      writeMissing({ knex: tx, ...changes, since: now.toISOString() }),
    );
    if (options.divides) {
      await recount({ knex, now, counts: fence.counts });
    }
    const nobodyMissedAnew =
      [...missing.vanished(), ...changes.missing, ...changes.back].length === 0;
    return {
      progress,
      manyWritten: judge.written >= MANY,
      suggestedBy:
        isSettled() && nobodyMissedAnew ? records.version : undefined,
    };
  }

  /** Takes over what stands of the last scan. */
  async #keep(options: {
    recalled: Recalled;
    judge: PageJudge;
    progress: ScanProgress;
    seen: Set<string>;
  }): Promise<void> {
    const { recalled, judge, progress, seen } = options;
    for (const same of inSlices(recalled.same, PAGE_SIZE)) {
      const refs = same.map(({ entityRef }) => entityRef);
      refs.forEach(ref => seen.add(ref));
      judge.keep(same);
      this.#options.consumers.forEach(consumer =>
        consumer.keep?.(refs, progress),
      );
      await breathe();
    }
    // Also those that leave the catalog before they are read.
    recalled.rest.forEach(({ entityRef }) => seen.add(entityRef));
  }
}
