import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Attestation,
  ConfiguredRule,
  EffectiveContract,
  SloStatus,
  TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
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
import { Digest } from '../digest/Digest';
import type { DigestSender } from '../digest/DigestSender';
import type { DriftConfig } from '../DriftConfig';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import type { ScanConsumer, ScanProgress } from '../ScanConsumer';
import { readLastScans } from '../store/readLastScans';
import { readLivingOwners } from '../store/readLivingOwners';
import { findMassLoss } from './findMassLoss';
import { PageJudge, type StateChange } from './PageJudge';
import { predicateFields } from './predicateFields';
import { removeVanished } from './removeVanished';
import { ScanEnding } from './ScanEnding';
import type { ScanFence } from './ScanFence';
import { sharePredicates } from './sharePredicates';
import {
  readComponents,
  streamComponents,
  type StreamedComponent,
} from './streamComponents';
import { VerdictMemory } from './VerdictMemory';

export interface DriftScanOptions {
  database: Knex;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  config: DriftConfig;
  rules: readonly ConfiguredRule[];
  events: OwnershipEvents;
  digests: DigestSender;
  /** Are fed with every judged component, in this order. */
  consumers: ScanConsumer[];
  /** The last statement of each component's owner that the contract is right. */
  latestAttestations(): Promise<ReadonlyMap<string, Attestation>>;
  /** What the SLI store says, by component. */
  sloStatuses(): Promise<ReadonlyMap<string, SloStatus[]>>;
  /** What a tier asks for, as configured. */
  requirements(tier: EffectiveContract['tier']): TierRequirements;
  /** For what is stamped when something happened; verdicts go by the scan's start. */
  now: () => Date;
}

/** Most components that are read and judged together. */
const MAX_CHANGED = 1000;

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

  constructor(options: DriftScanOptions) {
    this.#options = options;
    this.#rules = sharePredicates(options.rules);
    this.#ending = new ScanEnding(options);
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
   * `completed` or `suspended`.
   *
   * @throws where it could not look at everything: the caller ends the scan
   */
  async run(options: {
    scanId: string;
    /** Start of the scan: the moment of all its verdicts. */
    now: Date;
    signal: AbortSignal;
    fence: ScanFence;
  }): Promise<void> {
    const { scanId, now, signal, fence } = options;
    const { catalog, auth, database: knex } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();

    fence.counts.total = await this.#countComponents(credentials);
    await fence.beat();
    const organisation = await readOrganisation({
      catalog,
      credentials,
      signal,
    });
    const earlier = await readLastScans({ knex });
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

    const changes: StateChange[] = [];
    const digest = new Digest();
    try {
      await this.#judgeEverything({
        ...options,
        organisation,
        credentials,
        changes,
        digest,
        lastScanId: earlier.finished?.id,
        lastCompletedAt: earlier.completed?.started_at,
      });
      await this.#ending.complete({
        scanId,
        now,
        fence,
        digest,
        lastCompletedAt: earlier.completed?.started_at,
      });
      this.#memory.complete(scanId);
    } finally {
      // Also after a failure: what was written is true and has to be known.
      await this.#ending.announceStates({ changes, credentials, signal });
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

  async #judgeEverything(options: {
    scanId: string;
    now: Date;
    signal: AbortSignal;
    fence: ScanFence;
    organisation: Organisation;
    credentials: BackstageCredentials;
    changes: StateChange[];
    digest: Digest;
    lastScanId: string | undefined;
    lastCompletedAt: string | undefined;
  }): Promise<void> {
    const { scanId, now, signal, fence, organisation, credentials } = options;
    const { database: knex, catalog, config, consumers } = this.#options;
    const { directory } = organisation;

    const stored = await readPrincipals({ knex });
    await fence.write(tx => syncDirectory({ knex: tx, directory, stored }));
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
      events: this.#options.events,
      platformTeam: config.platformTeam,
      digest: options.digest,
      changes: options.changes,
      lastCompletedAt: options.lastCompletedAt,
      memory: this.#memory,
      context: {
        now,
        organisation,
        missing,
        rules: this.#rules,
        graceMs: config.graceMs,
        requirements: this.#options.requirements,
        attestations: await this.#options.latestAttestations(),
        ...(await this.#readSloStatuses()),
      },
    });

    const progress: ScanProgress = { scanId, now, directory };
    const remembers = this.#memory.begin({
      lastScanId: options.lastScanId,
      // Who cannot be told that nothing changed is told everything.
      organisation: consumers.every(({ keep }) => keep)
        ? organisation.version
        : undefined,
      now,
    });
    const seen = new Set<string>();
    const judgePage = async (page: StreamedComponent[]) => {
      const judged = await judge.judge(page);
      for (const consumer of consumers) {
        await consumer.accept(judged, progress);
      }
    };
    // Of what changed there is little on each page: it is read together.
    const changed: StreamedComponent[] = [];
    const judgeChanged = async () =>
      judgePage(
        await readComponents({
          catalog,
          credentials,
          marks: changed.splice(0),
          moreFields: this.#moreFields,
        }),
      );
    for await (const page of streamComponents({
      catalog,
      credentials,
      kinds: config.kinds,
      moreFields: this.#moreFields,
      marksOnly: remembers,
      signal,
    })) {
      page.forEach(({ entityRef }) => seen.add(entityRef));
      if (!remembers) {
        await judgePage(page);
        continue;
      }
      const { same, rest } = await judge.recall(page);
      consumers.forEach(consumer => consumer.keep?.(same, progress));
      changed.push(...rest);
      if (changed.length >= MAX_CHANGED) {
        await judgeChanged();
      }
    }
    if (changed.length > 0) {
      await judgeChanged();
    }

    signal.throwIfAborted();
    await judge.writeDeferred();
    await removeVanished({
      knex,
      fence,
      events: this.#options.events,
      seen,
      kinds: config.kinds,
      now,
    });
    await fence.write(tx =>
      writeMissing({
        knex: tx,
        ...missing.changes(),
        since: now.toISOString(),
      }),
    );
    for (const consumer of consumers) {
      await consumer.finish(progress);
    }
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
