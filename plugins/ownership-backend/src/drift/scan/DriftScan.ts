import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ConfiguredRule } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { OrganisationEntity } from '../../directory/OrganisationBuilder';
import { readOrganisation } from '../../directory/readOrganisation';
import { formerPrincipals } from '../../directory/formerPrincipals';
import { readMissing } from '../../directory/store/readMissing';
import {
  readPrincipals,
  type PrincipalRow,
} from '../../directory/store/readPrincipals';
import type { DigestSender } from '../digest/DigestSender';
import type { DriftConfig } from '../DriftConfig';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import type { ScanConsumer } from '../ScanConsumer';
import { endFollowUp } from '../store/endFollowUp';
import { readLastScans } from '../store/readLastScans';
import { readLivingOwners } from '../store/readLivingOwners';
import { ComponentPass } from './ComponentPass';
import { findMassLoss } from './findMassLoss';
import { followUp } from './followUp';
import { impatientCatalog } from './impatientCatalog';
import { LastScan, type Recalled } from './LastScan';
import { ScanDivision } from './part/ScanDivision';
import { readWorld, type ScanWorld } from './part/ScanWorld';
import { predicateFields } from './predicateFields';
import { readReports, type Reports, type ReportSources } from './readReports';
import { ScanEnding } from './ScanEnding';
import type { ScanFence } from './ScanFence';
import { ScanNews } from './ScanNews';
import { sharePredicates } from './sharePredicates';

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
  readonly #consumers: readonly ScanConsumer[];
  readonly #ending: ScanEnding;
  readonly #division: ScanDivision;
  readonly #pass: ComponentPass;
  readonly #last = new LastScan();
  /** Whether every consumer can be told that something is as it was. */
  readonly #canKeep: boolean;

  constructor(options: DriftScanOptions) {
    const { catalog, catalogLimitMs: limitMs = CATALOG_LIMIT_MS } = options;
    this.#options = {
      ...options,
      catalog: impatientCatalog({ catalog, limitMs }),
    };
    this.#consumers = options.newConsumers();
    this.#canKeep = this.#consumers.every(({ keep }) => keep);
    this.#ending = new ScanEnding(this.#options);
    const shared = {
      ...this.#options,
      knex: options.database,
      rules: sharePredicates(options.rules),
      moreFields: fieldsOf(options.rules),
    };
    this.#division = new ScanDivision(shared);
    this.#pass = new ComponentPass({
      ...shared,
      consumers: this.#consumers,
      canKeep: this.#canKeep,
      last: this.#last,
      division: this.#division,
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
    const { platformTeam } = config;
    if (platformTeam && !world.organisation.directory.get(platformTeam)) {
      this.#options.logger.warn(
        `ownership.platformTeam: there is no ${platformTeam} in the catalog, so nobody hears what is meant for it`,
      );
    }

    try {
      if (divides && !carriesOn) {
        await this.#division.begin({ scanId, world, entities });
      }
      const { progress, manyWritten, suggestedBy } = await this.#pass.run({
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
          manyWritten,
        });
        if (isDone) {
          this.#last.complete({ scanId, world, suggestedBy });
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
    const organisation =
      recalled?.organisation ??
      (await readOrganisation({ catalog, aliases, ...request }));
    return {
      organisation,
      storedMissing: await readMissing({ knex }),
      former: await formerPrincipals({
        stored,
        directory: organisation.directory,
      }),
      aliases,
      ownerLoads,
      reportsVersion: version,
      lastCompletedAt,
    };
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
}

/** Paths of entities that rules look at beside what all facts are made of. */
function fieldsOf(rules: readonly ConfiguredRule[]): string[] {
  const fields = rules.flatMap(({ appliesTo, reads = [] }) => [
    ...predicateFields(appliesTo),
    ...reads,
  ]);
  return [...new Set(fields)];
}
