import { setTimeout } from 'node:timers/promises';
import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ConfiguredRule } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { MissingPrincipals } from '../../../directory/MissingPrincipals';
import { digestOf } from '../../../directory/organisationPart';
import type { OrganisationEntity } from '../../../directory/OrganisationBuilder';
import type { OwnershipEvents } from '../../../events/OwnershipEvents';
import type { DriftConfig } from '../../DriftConfig';
import type { ScanConsumer, ScanProgress } from '../../ScanConsumer';
import { countWorkers, hasOpenPart, listParts } from '../../store/scanParts';
import {
  forgetDivisions,
  markDivided,
  readDivided,
} from '../../store/scanWorlds';
import type { JudgementContext } from '../judgeComponents';
import type { PageJudge } from '../PageJudge';
import { readReports, type ReportSources } from '../readReports';
import type { ScanFence } from '../ScanFence';
import { ScanNews } from '../ScanNews';
import { readComponents, type StreamedComponent } from '../streamComponents';
import { streamRefs } from '../streamRefs';
import type { VerdictMemory } from '../VerdictMemory';
import { judgedBy } from './judgedBy';
import { divide, judgeInParts, PART_SIZE } from './judgeInParts';
import type { PartOutcome } from './PartOutcome';
import { PartWorker } from './PartWorker';
import { readWorld, writeWorld, type ScanWorld } from './ScanWorld';

const LOOK_AGAIN_MS = 200;

export interface ScanDivisionOptions extends ReportSources {
  knex: Knex;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  config: DriftConfig;
  rules: readonly ConfiguredRule[];
  /** Paths that configured predicates look at. */
  moreFields: string[];
  events: OwnershipEvents;
  newConsumers(): ScanConsumer[];
  /** Components in a part. */
  partSize?: number;
  now: () => Date;
}

/**
 * Divides a scan over all replicas. The one that runs it looks at the
 * organisation, once for all, and opens the components in parts; every replica
 * takes parts until none is left; what came out of them is put together where
 * the scan is run, and goes on as if it had judged all of them.
 *
 * Law: all that is needed to go on is in the database as soon as all parts are
 * open. A scan whose replica stops is carried on by another one.
 */
export class ScanDivision {
  readonly #options: ScanDivisionOptions;
  readonly #partSize: number;
  readonly #rulesAndSettings: string;
  /** Are never fed: they tell what there is to feed, which may change. */
  readonly #consumers: readonly ScanConsumer[];
  /** Also what another process left behind. */
  #leavesTraces = true;

  constructor(options: ScanDivisionOptions) {
    this.#options = options;
    this.#partSize = options.partSize ?? PART_SIZE;
    this.#rulesAndSettings = judgedBy(options);
    this.#consumers = options.newConsumers();
  }

  /** Changes with all that verdicts hang on beside what is looked at. */
  get judgedBy(): string {
    const versions = this.#consumers.map(consumer => consumer.version?.());
    return digestOf([this.#rulesAndSettings, versions]);
  }

  /** Whether a scan of so many components is worth dividing. */
  mayDivide(components: number): boolean {
    const { shards } = this.#options.config;
    return shards > 1 && components > this.#partSize;
  }

  /** Lets others help with a scan of which no part is open yet. */
  async begin(options: {
    scanId: string;
    world: ScanWorld;
    entities: readonly OrganisationEntity[];
  }): Promise<void> {
    const { knex } = this.#options;
    this.#leavesTraces = true;
    await forgetDivisions({ knex });
    await writeWorld({ knex, ...options });
    await markDivided({
      ...{ knex, id: options.scanId, judgedBy: this.judgedBy },
      resumable: false,
    });
  }

  /**
   * Opens all parts, unless they are, and judges them with whoever helps.
   */
  async judge(options: {
    scanId: string;
    /** Whether all parts are open. */
    carriesOn: boolean;
    world: ScanWorld;
    context: Omit<JudgementContext, 'missing'>;
    fence: ScanFence;
    judge: PageJudge;
    memory: VerdictMemory;
    missing: MissingPrincipals;
    news: ScanNews;
    consumers: readonly ScanConsumer[];
    progress: ScanProgress;
    credentials: BackstageCredentials;
    onRefs: (entityRefs: string[]) => void;
    onWritten: () => Promise<void>;
    signal: AbortSignal;
  }): Promise<void> {
    const { scanId, carriesOn, credentials, fence, signal } = options;
    const { knex, catalog, config } = this.#options;
    this.#leavesTraces = true;
    if (!carriesOn) {
      await divide({
        ...{ knex, scanId, size: this.#partSize },
        refs: streamRefs({
          ...{ catalog, credentials, kinds: config.kinds, signal },
        }),
      });
      await markDivided({
        ...{ knex, id: scanId, judgedBy: this.judgedBy, resumable: true },
      });
    }
    const parts = await listParts({ knex, scanId });
    parts.forEach(({ entityRefs }) => options.onRefs(entityRefs));

    await judgeInParts({
      ...{ knex, scanId, parts, signal },
      worker: this.#newWorker(options),
      onOutcome: async outcome => {
        takeOutcome({ ...options, outcome });
        await options.onWritten();
        await fence.beat();
      },
    });
    await options.news.takeOver();
  }

  /** Forgets what was kept for the others, once the scan has ended. */
  async end(): Promise<void> {
    if (this.#leavesTraces) {
      await forgetDivisions({ knex: this.#options.knex });
      this.#leavesTraces = false;
    }
  }

  /** Judges parts of a scan that another replica runs, as long as there are any. */
  async help({ signal }: { signal: AbortSignal }): Promise<void> {
    const { knex, config, logger, rules } = this.#options;
    const scan = await this.#divided();
    if (
      !scan ||
      !(await hasOpenPart({ knex, scanId: scan.id })) ||
      (await countWorkers({
        ...{ knex, scanId: scan.id, deadline: this.#deadline() },
      })) >= config.shards
    ) {
      return;
    }
    const scanId = scan.id;
    const world = await readWorld({ knex, scanId });
    const reports = await readReports({
      ...{ knex, logger, rules, sources: this.#options },
    });
    const worker = this.#newWorker({
      scanId,
      world,
      context: {
        ...{ now: new Date(scan.started_at), rules },
        organisation: world.organisation,
        graceMs: config.graceMs,
        requirements: this.#options.requirements,
        ...reports,
        ownerLoads: world.ownerLoads,
      },
    });
    for (;;) {
      signal.throwIfAborted();
      const judged = await worker.judgeNext({ signal });
      if (!judged) {
        const current = await this.#divided();
        if (current?.id !== scanId || current.resumable) {
          return;
        }
        // More parts are being opened.
        await setTimeout(LOOK_AGAIN_MS, undefined, { signal });
      }
    }
  }

  /** The whole of components, without those that left the catalog. */
  async read(entityRefs: string[]): Promise<StreamedComponent[]> {
    const { auth, catalog, moreFields } = this.#options;
    return readComponents({
      ...{ catalog, moreFields, entityRefs },
      credentials: await auth.getOwnServiceCredentials(),
    });
  }

  async #divided() {
    const { knex } = this.#options;
    return readDivided({ knex, judgedBy: this.judgedBy });
  }

  #deadline(): string {
    const { config, now } = this.#options;
    return new Date(now().getTime() - config.deadAfterMs).toISOString();
  }

  #newWorker(options: {
    scanId: string;
    world: ScanWorld;
    context: Omit<JudgementContext, 'missing'>;
  }): PartWorker {
    const { scanId, world, context } = options;
    const { knex, config, events, logger, now } = this.#options;
    return new PartWorker({
      ...{ knex, logger, scanId, world, context, now },
      platformTeam: config.platformTeam,
      news: new ScanNews({ knex, events, now }),
      consumers: this.#options.newConsumers(),
      read: refs => this.read(refs),
      limit: config.shards,
      deadAfterMs: config.deadAfterMs,
    });
  }
}

/** Puts what came out of a part to the rest, as if it had been judged here. */
function takeOutcome(options: {
  outcome: PartOutcome;
  fence: ScanFence;
  judge: PageJudge;
  memory: VerdictMemory;
  missing: MissingPrincipals;
  consumers: readonly ScanConsumer[];
  progress: ScanProgress;
}): void {
  const { outcome, fence, judge, memory, missing, consumers, progress } =
    options;
  const { processed, opened, reopened, closed, unchanged } = outcome.counts;
  fence.counts.processed += processed;
  fence.counts.opened += opened;
  fence.counts.reopened += reopened;
  fence.counts.closed += closed;
  fence.counts.unchanged += unchanged;
  judge.takeOver(outcome);
  outcome.verdicts.forEach(([ref, verdict]) => memory.remember(ref, verdict));
  outcome.missing.forEach(missing.since);
  consumers.forEach((consumer, index) =>
    consumer.takeOver?.(outcome.consumers[index], progress),
  );
}
