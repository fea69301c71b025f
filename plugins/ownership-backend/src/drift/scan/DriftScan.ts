import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Attestation,
  ConfiguredRule,
  CostValue,
  EffectiveContract,
  HandoverFact,
  SloStatus,
  TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { organisationPart } from '../../directory/organisationPart';
import { MissingPrincipals } from '../../directory/MissingPrincipals';
import {
  readOrganisation,
  type Organisation,
} from '../../directory/readOrganisation';
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
import { glance } from './glance';
import { impatientCatalog } from './impatientCatalog';
import type { JudgementContext } from './judgeComponents';
import { PageJudge, type PageToJudge } from './PageJudge';
import { readAhead } from './readAhead';
import { predicateFields } from './predicateFields';
import { readNeighbours } from './readNeighbours';
import { recallVerdicts, type RecalledVerdict } from './recallVerdicts';
import { removeVanished } from './removeVanished';
import { ScanEnding } from './ScanEnding';
import type { ScanFence } from './ScanFence';
import { ScanNews } from './ScanNews';
import { sharePredicates } from './sharePredicates';
import {
  PAGE_SIZE,
  readComponents,
  streamComponents,
  type StreamedComponent,
} from './streamComponents';
import { VerdictMemory } from './VerdictMemory';
import { WriteQueue } from './WriteQueue';

export interface DriftScanOptions {
  database: Knex;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  config: DriftConfig;
  rules: readonly ConfiguredRule[];
  events: OwnershipEvents;
  digests: DigestSender;
  /** Are fed with every judged component, and follow the scan up in this order. */
  consumers: ScanConsumer[];
  /** The last statement of each component's owner that the contract is right. */
  latestAttestations(): Promise<ReadonlyMap<string, Attestation>>;
  /** What the SLI store says, by component. */
  sloStatuses(): Promise<ReadonlyMap<string, SloStatus[]>>;
  /** Costs by component; `undefined` where none were ever pushed. */
  costValues?(): Promise<ReadonlyMap<string, CostValue[]> | undefined>;
  /** Open handovers by component. */
  openHandovers?(): Promise<ReadonlyMap<string, HandoverFact>>;
  /** New refs of groups and users by old ones. */
  aliases?(): Promise<ReadonlyMap<string, string>>;
  /** What a tier asks for, as configured. */
  requirements(tier: EffectiveContract['tier']): TierRequirements;
  /** Milliseconds for one answer of the catalog; 5 minutes without. */
  catalogLimitMs?: number;
  /** For what is stamped when something happened; verdicts go by the scan's start. */
  now: () => Date;
}

/** So many rows in one scan that the database's own idea of the tables is of another time. */
const MANY = 1000;

/** Far longer than a busy catalog takes for a page. */
const CATALOG_LIMIT_MS = 5 * 60_000;

type Reports = Pick<
  JudgementContext,
  | 'attestations'
  | 'sloStatuses'
  | 'costValues'
  | 'handovers'
  | 'statesOf'
  | 'ownerLoads'
  | 'unavailable'
> & {
  /** New refs of groups and users by old ones. */
  aliases?: ReadonlyMap<string, string>;
  /** Changes with what holds for all components alike. */
  version: string;
};

/** What stands of the last scan, and what of the catalog changed since. */
interface Recalled {
  organisation: Organisation;
  same: RecalledVerdict[];
  /** Marks only. */
  rest: StreamedComponent[];
}

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
  readonly #ending: ScanEnding;
  readonly #memory = new VerdictMemory();
  /** As the scan saw it that the memory is of. */
  #organisation?: Organisation;
  #reportsVersion?: string;

  constructor(options: DriftScanOptions) {
    const { catalog, catalogLimitMs: limitMs = CATALOG_LIMIT_MS } = options;
    this.#options = {
      ...options,
      catalog: impatientCatalog({ catalog, limitMs }),
    };
    this.#rules = sharePredicates(options.rules);
    this.#ending = new ScanEnding(this.#options);
    this.#moreFields = [
      ...new Set(
        options.rules.flatMap(({ appliesTo, reads = [] }) => [
          ...predicateFields(appliesTo),
          ...reads,
        ]),
      ),
    ];
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
    signal: AbortSignal;
    fence: ScanFence;
    /** Called when the findings are stored; what follows from them is not. */
    onCompleted: () => void;
  }): Promise<void> {
    const { scanId, now, signal, fence, onCompleted } = options;
    const { catalog, auth, database: knex, events } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const news = new ScanNews({ knex, events, now: this.#options.now });
    await this.#ending.tellLeftovers({ news, now, credentials, signal });

    const [earlier, reports] = await Promise.all([
      readLastScans({ knex }),
      this.#readReports(),
      this.#countComponents(credentials).then(total => {
        fence.counts.total = total;
        return fence.beat();
      }),
    ]);
    const lastScanId = earlier.finished?.id;
    const recalled = await this.#recall({
      ...options,
      credentials,
      lastScanId,
      reports,
    });
    const organisation =
      recalled?.organisation ??
      (await readOrganisation({
        ...{ catalog, credentials, signal },
        aliases: reports.aliases,
      }));
    const loss = findMassLoss({
      livingBefore: await readLivingOwners({ knex }),
      directory: organisation.directory,
      suspendedSince: earlier.suspendedSince,
      now,
      config: this.#options.config.massLoss,
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
      const { progress, written } = await this.#judgeEverything({
        ...options,
        organisation,
        recalled,
        reports,
        credentials,
        news,
        lastScanId,
        lastCompletedAt: earlier.completed?.started_at,
      });
      let isDone = false;
      try {
        await this.#ending.complete({
          scanId,
          now,
          fence,
          lastCompletedAt: earlier.completed?.started_at,
        });
        onCompleted();
        isDone = await this.#followUp({ progress, written, signal });
        if (isDone) {
          this.#memory.complete(scanId);
          this.#organisation = organisation;
          this.#reportsVersion = reports.version;
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

  /**
   * What stands of the last scan, as far as the marks of the catalog tell;
   * `undefined` where everything has to be read and judged.
   */
  async #recall(options: {
    now: Date;
    signal: AbortSignal;
    fence: ScanFence;
    credentials: BackstageCredentials;
    lastScanId: string | undefined;
    reports: Reports;
  }): Promise<Recalled | undefined> {
    const { now, signal, fence, credentials, lastScanId, reports } = options;
    const { catalog, config, database: knex, consumers } = this.#options;
    const memory = this.#memory;
    const organisation = this.#organisation;
    if (
      !organisation ||
      this.#reportsVersion !== reports.version ||
      !memory.mayRecall({ lastScanId, now }) ||
      // Who cannot be told that nothing changed is told everything.
      !consumers.every(({ keep }) => keep)
    ) {
      return undefined;
    }
    const recalled: Recalled = { organisation, same: [], rest: [] };
    const context = { ...reports, now };
    const isSame = await glance({
      catalog,
      credentials,
      organisation,
      kinds: config.kinds,
      onComponents: async page => {
        const { same, rest } = await recallVerdicts({
          ...{ knex, memory, page, context },
        });
        recalled.same.push(...same);
        recalled.rest.push(...rest);
        await fence.beat();
      },
      signal,
    });
    return isSame ? recalled : undefined;
  }

  async #judgeEverything(options: {
    scanId: string;
    now: Date;
    signal: AbortSignal;
    fence: ScanFence;
    organisation: Organisation;
    recalled: Recalled | undefined;
    reports: Reports;
    credentials: BackstageCredentials;
    news: ScanNews;
    lastScanId: string | undefined;
    lastCompletedAt: string | undefined;
  }): Promise<{ progress: ScanProgress; written: number }> {
    const { scanId, now, signal, fence, organisation, credentials, recalled } =
      options;
    const { database: knex, catalog, config, consumers } = this.#options;
    const { directory } = organisation;

    const stored = await readPrincipals({ knex });
    const missing = new MissingPrincipals({
      stored: await readMissing({ knex }),
      formerParents: parentsOf(stored.values()),
      directory,
      now,
    });
    const judge = new PageJudge({
      knex,
      fence,
      logger: this.#options.logger,
      news: options.news,
      platformTeam: config.platformTeam,
      lastCompletedAt: options.lastCompletedAt,
      memory: this.#memory,
      context: {
        now,
        organisation,
        missing,
        rules: this.#rules,
        graceMs: config.graceMs,
        requirements: this.#options.requirements,
        ...options.reports,
      },
    });
    const progress: ScanProgress = { scanId, now, directory };
    this.#memory.begin({
      lastScanId: options.lastScanId,
      organisation: consumers.every(({ keep }) => keep)
        ? [
            organisation.version,
            options.reports.version,
            ...consumers.map(consumer => consumer.version?.()),
          ].join(' ')
        : undefined,
      now,
    });

    const seen = new Set<string>();
    const queue = new WriteQueue({ limit: 2 });
    let next = MANY;
    const judgePage = async (read: PageToJudge) => {
      const { judged, write } = await judge.judge(read);
      await queue.add(async () => {
        await Promise.all([
          write(),
          ...consumers.map(consumer => consumer.accept(judged, progress)),
        ]);
        if (judge.written >= next) {
          next = judge.written * 4;
          await refreshStatistics({ knex });
        }
      });
    };
    async function* readStored(pages: AsyncIterable<StreamedComponent[]>) {
      for await (const page of pages) {
        page.forEach(({ entityRef }) => seen.add(entityRef));
        yield await judge.readStored(page);
      }
    }
    try {
      await queue.add(() =>
        fence.write(async tx => {
          await writeMissing({
            knex: tx,
            missing: missing.vanished(),
            back: [],
            since: now.toISOString(),
          });
          await syncDirectory({ knex: tx, directory, stored });
        }),
      );
      if (recalled) {
        for (const same of inSlices(recalled.same, PAGE_SIZE)) {
          const refs = same.map(({ entityRef }) => entityRef);
          refs.forEach(ref => seen.add(ref));
          judge.keep(same);
          consumers.forEach(consumer => consumer.keep?.(refs, progress));
          await breathe();
        }
        // Also those that leave the catalog before they are read.
        recalled.rest.forEach(({ entityRef }) => seen.add(entityRef));
      }
      const pages = recalled
        ? this.#readRest({ marks: recalled.rest, credentials, signal })
        : streamComponents({
            catalog,
            credentials,
            kinds: config.kinds,
            moreFields: this.#moreFields,
            onApi: (ref, api) => noteSilent(organisation, ref, api),
            signal,
          });
      for await (const read of readAhead(readStored(pages))) {
        await judgePage(read);
      }
      await queue.done();
    } finally {
      await queue.settled();
    }

    signal.throwIfAborted();
    // First: who answered for what is gone is nobody's neighbour any more.
    await removeVanished({
      knex,
      fence,
      news: options.news,
      seen,
      kinds: config.kinds,
      now,
    });
    await judge.writeDeferred();
    await fence.write(tx =>
      writeMissing({
        knex: tx,
        ...missing.changes(),
        since: now.toISOString(),
      }),
    );
    return { progress, written: judge.written };
  }

  /** The whole of those of which only the marks are known, a page at a time. */
  async *#readRest(options: {
    marks: StreamedComponent[];
    credentials: BackstageCredentials;
    signal: AbortSignal;
  }): AsyncGenerator<StreamedComponent[]> {
    const { catalog } = this.#options;
    const { credentials, signal } = options;
    for (const marks of inSlices(options.marks, PAGE_SIZE)) {
      signal.throwIfAborted();
      yield await readComponents({
        ...{ catalog, credentials, marks },
        moreFields: this.#moreFields,
      });
    }
  }

  /**
   * Has everybody work out what follows from a complete scan. What fails or is
   * cut short is made up for by the next scan: it remembers nothing of this one.
   *
   * @returns whether all of it is done
   */
  async #followUp(options: {
    progress: ScanProgress;
    /** Rows that the scan wrote. */
    written: number;
    signal: AbortSignal;
  }): Promise<boolean> {
    const { progress, written, signal } = options;
    const { consumers, database: knex, logger } = this.#options;
    try {
      if (written >= MANY) {
        await refreshStatistics({ knex });
      }
      for (const consumer of consumers) {
        signal.throwIfAborted();
        await consumer.finish(progress);
      }
      return true;
    } catch (error) {
      logger[signal.aborted ? 'info' : 'error'](
        `What follows from drift scan ${progress.scanId} is left to the next one: ${error}`,
      );
      return false;
    }
  }

  /** What people and SLI sources say of components. */
  async #readReports(): Promise<Reports> {
    const { database: knex } = this.#options;
    const attestations = await this.#options.latestAttestations();
    const costValues = await this.#options.costValues?.();
    const neighbours = await readNeighbours({ knex, rules: this.#rules });
    const aliases = await this.#options.aliases?.();
    return {
      ...neighbours,
      attestations,
      costValues,
      handovers: await this.#options.openHandovers?.(),
      ...(await this.#readSloStatuses()),
      aliases,
      version: JSON.stringify([
        neighbours.version,
        costValues !== undefined,
        [...(aliases ?? [])],
      ]),
    };
  }

  async #readSloStatuses() {
    try {
      return {
        sloStatuses: await this.#options.sloStatuses(),
        unavailable: {},
      };
    } catch (error) {
      this.#options.logger.warn(
        `The drift scan goes on without SLO statuses: ${error}`,
      );
      return {
        sloStatuses: new Map<string, SloStatus[]>(),
        unavailable: { slo: 'The SLI store could not be read' },
      };
    }
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

/** An API that nobody consumes is not looked at again until it changes. */
function noteSilent(
  { marks, silent }: Organisation,
  ref: string,
  api: Entity,
): void {
  const { etag } = api.metadata;
  if (etag && !marks.has(ref) && !organisationPart(api).mark) {
    silent.set(ref, etag);
  }
}
