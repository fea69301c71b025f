import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ConfiguredRule } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { OrganisationEntity } from '../../directory/OrganisationBuilder';
import { MissingPrincipals } from '../../directory/MissingPrincipals';
import { readOrganisation } from '../../directory/readOrganisation';
import { readMissing } from '../../directory/store/readMissing';
import {
  readPrincipals,
  type PrincipalRow,
} from '../../directory/store/readPrincipals';
import { writeMissing } from '../../directory/store/writeMissing';
import { syncDirectory } from '../../directory/syncDirectory';
import type { DigestSender } from '../digest/DigestSender';
import type { DriftConfig } from '../DriftConfig';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import type { ScanConsumer, ScanProgress } from '../ScanConsumer';
import { endFollowUp } from '../store/endFollowUp';
import { inSlices } from '../store/inSlices';
import { readLastScans } from '../store/readLastScans';
import { readLivingOwners } from '../store/readLivingOwners';
import { refreshStatistics } from '../store/refreshStatistics';
import { breathe } from './breathe';
import { findMassLoss } from './findMassLoss';
import { followUp } from './followUp';
import { impatientCatalog } from './impatientCatalog';
import { judgePages } from './judgePages';
import { LastScan, type Recalled } from './LastScan';
import { MAX_KEPT, PageJudge } from './PageJudge';
import { recount } from './part/recount';
import { ScanDivision } from './part/ScanDivision';
import { readWorld, type ScanWorld } from './part/ScanWorld';
import { predicateFields } from './predicateFields';
import { readAll, readRest } from './readPages';
import { readReports, type Reports, type ReportSources } from './readReports';
import { removeVanished } from './removeVanished';
import { ScanEnding } from './ScanEnding';
import type { ScanFence } from './ScanFence';
import { ScanNews } from './ScanNews';
import { sharePredicates } from './sharePredicates';
import { PAGE_SIZE } from './streamComponents';

export interface DriftScanOptions extends ReportSources {
  database: Knex;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  config: DriftConfig;
  rules: readonly ConfiguredRule[];
  events: OwnershipEvents;
  digests: DigestSender;
  /**
   * Those that are fed with every judged component, and follow the scan up in
   * this order. Called again for each replica's share of a divided scan.
   */
  newConsumers(): ScanConsumer[];
  /** Milliseconds for one answer of the catalog; 5 minutes without. */
  catalogLimitMs?: number;
  /** Components that are judged together where a scan is divided. */
  partSize?: number;
  /** For what is stamped when something happened; verdicts go by the scan's start. */
  now: () => Date;
}

/** So many rows in one scan that the database's own idea of the tables is of another time. */
const MANY = 1000;

/** Far longer than a busy catalog takes for a page. */
const CATALOG_LIMIT_MS = 5 * 60_000;

/**
 * One look at the whole catalog: who exists, what they own, what is wrong with
 * it, and what of that is new.
 *
 * Laws: what did not change is not written. What was not seen counts as gone
 * only when everything was seen. Too many owners gone at once is an outage and
 * changes nothing.
 */
export class DriftScan {
  readonly #options: DriftScanOptions;
  readonly #moreFields: string[];
  readonly #rules: readonly ConfiguredRule[];
  readonly #consumers: readonly ScanConsumer[];
  readonly #ending: ScanEnding;
  readonly #division: ScanDivision;
  readonly #last = new LastScan();

  constructor(options: DriftScanOptions) {
    const { catalog, catalogLimitMs: limitMs = CATALOG_LIMIT_MS } = options;
    this.#options = {
      ...options,
      catalog: impatientCatalog({ catalog, limitMs }),
    };
    this.#rules = sharePredicates(options.rules);
    this.#consumers = options.newConsumers();
    this.#ending = new ScanEnding(this.#options);
    this.#moreFields = [
      ...new Set(
        options.rules.flatMap(({ appliesTo, reads = [] }) => [
          ...predicateFields(appliesTo),
          ...reads,
        ]),
      ),
    ];
    this.#division = new ScanDivision({
      ...this.#options,
      knex: options.database,
      rules: this.#rules,
      moreFields: this.#moreFields,
    });
  }

  /** Changes with all that verdicts hang on beside what is looked at. */
  get judgedBy(): string {
    return this.#division.judgedBy;
  }

  /** Whether this process ran the last scan, and need not judge everything again. */
  async mayRecall({ now }: { now: Date }): Promise<boolean> {
    const { finished } = await readLastScans({ knex: this.#options.database });
    return this.#last.verdicts.mayRecall({ lastScanId: finished?.id, now });
  }

  /** Judges parts of a scan that another replica runs, as long as there are any. */
  async help(options: { signal: AbortSignal }): Promise<void> {
    await this.#division.help(options);
  }

  /** To be called once a scan has ended, whatever its end. */
  async tidyUp(): Promise<void> {
    await this.#division.end();
  }

  /**
   * Runs the scan whose row is in the table already, to its end as
   * `completed` or `suspended`, and then whatever follows from it.
   *
   * @throws where it could not look at everything: the caller ends the scan
   */
  async run(options: {
    scanId: string;
    /** Start of the scan: the moment of all its verdicts. */
    now: Date;
    /** Whether another backend began it and all parts of it are known. */
    carriesOn: boolean;
    signal: AbortSignal;
    fence: ScanFence;
    /** Called when the findings are stored; what follows from them is not. */
    onCompleted: () => void;
  }): Promise<void> {
    const { scanId, now, carriesOn, signal, fence, onCompleted } = options;
    const { auth, catalog, config, database: knex, events } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const news = new ScanNews({ knex, events, now: this.#options.now });
    await this.#ending.tellLeftovers({ news, now, credentials, signal });

    const [earlier, reports] = await Promise.all([
      readLastScans({ knex }),
      readReports({ ...this.#options, knex, sources: this.#options }),
      this.#countComponents(credentials).then(total => {
        fence.counts.total = total;
        return fence.beat();
      }),
    ]);
    const lastScanId = earlier.finished?.id;
    const recalled =
      // Who cannot be told that nothing changed is told everything.
      carriesOn || !this.#canKeep
        ? undefined
        : await this.#last.recall({
            ...{ knex, catalog, credentials, kinds: config.kinds },
            ...{ now, lastScanId, reports, fence, signal },
          });
    const divides =
      carriesOn || (!recalled && this.#division.mayDivide(fence.counts.total));
    const entities: OrganisationEntity[] = [];
    const stored = await readPrincipals({ knex });
    const world = carriesOn
      ? await readWorld({ knex, scanId })
      : await this.#look({
          reports,
          recalled,
          stored,
          lastCompletedAt: earlier.completed?.started_at,
          onEntity: divides ? entity => entities.push(entity) : undefined,
          credentials,
          signal,
        });
    const loss = carriesOn
      ? undefined
      : findMassLoss({
          livingBefore: await readLivingOwners({ knex }),
          directory: world.organisation.directory,
          suspendedSince: earlier.suspendedSince,
          now,
          config: config.massLoss,
        });
    if (loss) {
      await this.#ending.suspend({
        scanId,
        fence,
        reason: loss,
        isFirst: earlier.suspendedSince === undefined,
      });
      return;
    }

    try {
      if (divides && !carriesOn) {
        await this.#division.begin({ scanId, world, entities });
      }
      const { progress, written } = await this.#judgeEverything({
        ...options,
        ...{ world, divides, recalled, reports, stored },
        ...{ credentials, news, lastScanId },
      });
      let isDone = false;
      try {
        await this.#ending.complete({
          scanId,
          now,
          fence,
          lastCompletedAt: world.lastCompletedAt,
        });
        onCompleted();
        isDone = await followUp({
          ...{ knex, progress, signal, consumers: this.#consumers },
          logger: this.#options.logger,
          manyWritten: written >= MANY,
        });
        if (isDone) {
          this.#last.complete({ scanId, world });
        }
      } finally {
        await endFollowUp({
          ...{ knex, id: scanId },
          cutShort: signal.aborted && !isDone,
        });
      }
    } finally {
      // Also after a failure: what was written is true and has to be known.
      await this.#ending.announceStates({ news, credentials, signal });
    }
  }

  /** What all verdicts of a scan are made by, as it is now. */
  async #look(options: {
    reports: Reports;
    recalled: Recalled | undefined;
    stored: ReadonlyMap<string, PrincipalRow>;
    lastCompletedAt: string | undefined;
    onEntity: ((entity: OrganisationEntity) => void) | undefined;
    credentials: BackstageCredentials;
    signal: AbortSignal;
  }): Promise<ScanWorld> {
    const { reports, recalled, stored, lastCompletedAt, ...request } = options;
    const { catalog, database: knex } = this.#options;
    const { aliases, ownerLoads, version } = reports;
    return {
      organisation:
        recalled?.organisation ??
        (await readOrganisation({ catalog, aliases, ...request })),
      storedMissing: await readMissing({ knex }),
      formerParents: parentsOf(stored.values()),
      aliases,
      ownerLoads,
      reportsVersion: version,
      lastCompletedAt,
    };
  }

  /** Whether every consumer can be told that something is as it was. */
  get #canKeep(): boolean {
    return this.#consumers.every(({ keep }) => keep);
  }

  async #countComponents(credentials: BackstageCredentials): Promise<number> {
    const { catalog, config } = this.#options;
    const { facets } = await catalog.getEntityFacets(
      { facets: ['kind'] },
      { credentials },
    );
    return facets.kind
      .filter(({ value }) => config.kinds.has(value.toLocaleLowerCase('en-US')))
      .reduce((total, { count }) => total + count, 0);
  }

  async #judgeEverything(options: {
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
  }): Promise<{ progress: ScanProgress; written: number }> {
    const { scanId, now, signal, fence, world, recalled, news } = options;
    const { database: knex, catalog, config } = this.#options;
    const consumers = this.#consumers;
    const { organisation, ownerLoads } = world;
    const { directory } = organisation;

    const missing = new MissingPrincipals({
      stored: world.storedMissing,
      formerParents: world.formerParents,
      directory,
      now,
    });
    const context = {
      now,
      organisation,
      rules: this.#rules,
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
      memory: this.#last.verdicts,
      maxKept: MAX_KEPT,
      context: { ...context, missing },
    });
    const progress: ScanProgress = { scanId, now, directory };
    this.#last.verdicts.begin({
      lastScanId: options.lastScanId,
      organisation: this.#canKeep
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
        await syncDirectory({ knex: tx, directory, stored: options.stored });
      });
    const onWritten = async () => {
      if (judge.written >= next) {
        next = judge.written * 4;
        await refreshStatistics({ knex });
      }
    };
    if (options.divides) {
      await begin();
      await this.#division.judge({
        ...options,
        ...{ judge, missing, progress, onWritten, consumers, context },
        memory: this.#last.verdicts,
        onRefs: refs => refs.forEach(ref => seen.add(ref)),
      });
    } else {
      if (recalled) {
        await this.#keep({ recalled, judge, progress, seen });
      }
      const source = {
        ...{ catalog, signal, credentials: options.credentials },
        moreFields: this.#moreFields,
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
    await removeVanished({
      ...{ knex, fence, news, seen, now },
      kinds: config.kinds,
    });
    await judge.writeOrphans(refs => this.#division.read(refs));
    await fence.write(tx =>
      writeMissing({
        knex: tx,
        ...missing.changes(),
        since: now.toISOString(),
      }),
    );
    if (options.divides) {
      await recount({ knex, now, counts: fence.counts });
    }
    return { progress, written: judge.written };
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
      this.#consumers.forEach(consumer => consumer.keep?.(refs, progress));
      await breathe();
    }
    // Also those that leave the catalog before they are read.
    recalled.rest.forEach(({ entityRef }) => seen.add(entityRef));
  }
}

function parentsOf(principals: Iterable<PrincipalRow>): Map<string, string> {
  const parents = new Map<string, string>();
  for (const { ref, parent_ref } of principals) {
    if (parent_ref) {
      parents.set(ref, parent_ref);
    }
  }
  return parents;
}
