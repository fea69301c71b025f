import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  applicablePolicyActions,
  excludedBuckets,
  exclusionStretches,
  sloWindows,
  toRunbooks,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliPush,
  SliPushResult,
  SloDefinition,
  SloDetail,
  SloDiscovery,
  SloHistory,
  SloQuery,
  SloRollup,
  SloRollupQuery,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readOwnerRefs } from '../drift/store/readOwnerRefs';
import type { VisibleRefs } from '../api/Visibility';
import { alertMarkersQuery } from './alert/store/alertMarkersQuery';
import { compositeSteps } from './composite/compositeSteps';
import { readComposite } from './composite/readComposite';
import { readMarkers } from '../measure/store/readMarkers';
import { evaluateSlos } from './evaluateSlos';
import { excludedTime } from './exclusion/excludedTime';
import { pushSamples } from './pushSamples';
import type { SloLimits } from './readSloLimits';
import { sloSteps } from './sloSteps';
import { changeMarkersQuery } from './store/changeMarkersQuery';
import { readExclusions } from './store/exclusions';
import { dropOldBuckets, fineFrom } from './store/dropOldBuckets';
import { readDiscoveries } from './store/discoveries';
import { listStatuses } from './store/listStatuses';
import { readSlo } from './store/readSlo';
import type { SloWithComponent } from './store/readSlo';
import { readSloRollup } from './store/readSloRollup';
import { readStatuses } from './store/readStatuses';
import { syncMembers } from './store/syncMembers';
import { syncSlos } from './store/syncSlos';

const HISTORY_POINTS = 300;
const MAX_HISTORY_POINTS = 5000;
const HOUR = 3600;
/** How far the last data may be behind while it is the latest, in seconds. */
const LAG = 900;

/**
 * Everything that happens to SLOs: definitions come from the scan, samples
 * from pushes, statuses are worked out from both.
 */
export class SloService {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #limits?: SloLimits;

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    limits?: SloLimits;
    now?: () => Date;
  }) {
    this.#limits = options.limits;
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Takes over the definitions of a complete scan, or all that a server of a
   * source recorded, and evaluates what changed.
   *
   * @param options - `keep`: refs of components whose definitions could not be
   * read just now; theirs stay as they are. `discoveredBy`: source and server
   */
  async syncDefinitions(options: {
    definitionsByEntity: ReadonlyMap<string, readonly SloDefinition[]>;
    keep?: ReadonlySet<string>;
    discoveredBy?: string;
  }): ReturnType<typeof syncSlos> {
    const changes = await syncSlos({
      knex: this.#knex,
      definitionsByEntity: options.definitionsByEntity,
      keep: options.keep ?? new Set(),
      discoveredBy: options.discoveredBy,
      now: this.#now(),
    });
    if (changes.added + changes.changed + changes.removed > 0) {
      await syncMembers(this.#knex);
      await this.evaluate();
    }
    return changes;
  }

  /**
   * Stores samples and evaluates the SLOs they belong to.
   *
   * @throws ConflictError where the idempotency key was used for other samples
   */
  async push(options: {
    push: SliPush;
    caller: string;
  }): Promise<SliPushResult> {
    const { result, sloIds } = await pushSamples({
      knex: this.#knex,
      ...options,
      now: this.#now(),
    });
    if (sloIds.length > 0) {
      await this.evaluate({ sloIds });
    }
    return result;
  }

  /** Evaluates every SLO whose status is due, or those of the given ones. */
  async evaluate(options?: {
    sloIds?: readonly number[];
    signal?: AbortSignal;
  }): Promise<{ evaluated: number; written: number }> {
    return evaluateSlos({
      knex: this.#knex,
      limits: this.#limits,
      now: this.#now(),
      ...options,
      onError: ({ entityRef, definition }, error) =>
        this.#logger.warn(
          `Could not evaluate the SLO ${definition.name} of ${entityRef}; its last status stays`,
          error,
        ),
    });
  }

  /** Drops buckets and keys that are not kept any longer. */
  async dropOld(): Promise<void> {
    await dropOldBuckets({ knex: this.#knex, now: this.#now() });
  }

  /** Statuses by component, worst first; of all components where no refs are given. */
  async statusesByEntity(
    entityRefs?: readonly string[],
  ): Promise<Map<string, SloStatus[]>> {
    return readStatuses(this.#knex, entityRefs);
  }

  /** The statuses of one component, worst first, in one statement. */
  async entityStatuses(entityRef: string): Promise<SloStatus[]> {
    const statuses = await readStatuses(this.#knex, [entityRef]);
    return statuses.get(entityRef) ?? [];
  }

  /** What the last look for recorded SLOs left without a component. */
  async discoveries(): Promise<SloDiscovery> {
    const discoveries = await readDiscoveries(this.#knex);
    return {
      items: discoveries.map(({ lookedAt, unassigned, ...discovery }) => ({
        ...discovery,
        ...(lookedAt && { lookedAt }),
        unassigned: unassigned.map(({ slo, ...found }) => ({
          ...(slo && { slo }),
          ...found,
        })),
      })),
    };
  }

  /** One page of statuses with counts by state, in three statements. */
  async list(options: { query: SloQuery; visible: VisibleRefs }) {
    return listStatuses(this.#knex, options);
  }

  /** SLOs added up by team, system or domain, in at most three statements. */
  async rollup(options: {
    query: SloRollupQuery;
    visible: VisibleRefs;
  }): Promise<SloRollup> {
    return readSloRollup(this.#knex, options);
  }

  /** @throws NotFoundError where the component has no such SLO */
  async detail(options: {
    entityRef: string;
    slo: string;
    /** Of the members of a composite the others are only counted. */
    visible?: VisibleRefs;
  }): Promise<SloDetail> {
    const slo = await this.#read(options);
    const { visible = 'all' } = options;
    const status = slo.status ?? (await this.#firstStatus(slo));
    const members = slo.members?.filter(
      ({ entityRef }) => visible === 'all' || visible.has(entityRef),
    );
    const hidden = (slo.members?.length ?? 0) - (members?.length ?? 0);
    const owners = await readOwnerRefs({
      knex: this.#knex,
      entityRefs: [slo.entityRef],
    });
    const { definition, document } = slo;
    const runbooks = document
      ? toRunbooks({
          effective: document.contract,
          entity: document.entity,
          now: this.#now(),
          staleAfterDays: 1,
        })
      : [];
    return {
      status: {
        ...status,
        ownerRefs: owners.get(slo.entityRef) ?? [],
        ...(slo.entityTitle && { entityTitle: slo.entityTitle }),
        ...(slo.tier && { tier: slo.tier }),
      },
      ...(definition.indicator && { indicator: definition.indicator }),
      ...(members && { members }),
      ...(hidden > 0 && { hiddenMembers: hidden }),
      origin: definition.origin,
      warnings: definition.warnings,
      policyActions: applicablePolicyActions({
        policy: document?.contract.errorBudgetPolicy,
        status,
        crossings: status.policyActions?.flatMap(({ remainingBelow, since }) =>
          since ? [{ remainingBelow, since }] : [],
        ),
      }),
      // One without a link that is safe to follow is left to the entity page.
      runbooks: runbooks.flatMap(({ id, title, href }) =>
        href ? [{ id, title, url: href }] : [],
      ),
    };
  }

  /**
   * Good and total events over time, by default over the window of the SLO in
   * about 300 steps. Steps without data have a coverage of 0.
   *
   * @throws NotFoundError where the component has no such SLO
   * @throws InputError for a range that is none, or of too many steps
   */
  async history(options: {
    entityRef: string;
    slo: string;
    from?: string;
    to?: string;
    /** In seconds, a multiple of 300. */
    step?: number;
  }): Promise<SloHistory> {
    const slo = await this.#read(options);
    const now = this.#now();
    const composite = slo.definition.members
      ? await readComposite({
          knex: this.#knex,
          composite: slo,
          now,
          staleAfterSeconds: this.#limits?.staleAfterSeconds,
        })
      : undefined;
    const lastDataEnd = composite ? composite.lastDataEnd : slo.lastDataEnd;
    const exclusions = slo.hasExclusions
      ? (await readExclusions(this.#knex, [slo.id])).get(slo.id) ?? []
      : [];
    const { excluded } = excludedTime({
      definition: slo.definition,
      exclusions,
      now,
      lastDataEnd,
    });
    const { main, stale } = sloWindows({
      excluded,
      definition: slo.definition,
      now,
      staleAfterSeconds: this.#limits?.staleAfterSeconds,
      lastDataEnd,
    });
    const start = options.from ? Date.parse(options.from) / 1000 : main.start;
    const clock = now.getTime() / 1000;
    const to = options.to ? Date.parse(options.to) / 1000 : undefined;
    // Up to the end of the data, so that the last step is no gap; where the
    // data ended long ago the gap is shown.
    const latest = stale || start > main.end ? clock : main.end;
    const end = to === undefined ? latest : Math.min(to, clock);
    if (start > end) {
      throw new InputError('from must be before to, and not in the future');
    }
    const { step } = options;
    if (step !== undefined && step % 300 !== 0) {
      throw new InputError(`step must be a multiple of 300, got ${step}`);
    }
    // Where 5-minute buckets are gone, hours are the finest there is.
    const hourly =
      step !== undefined &&
      start < fineFrom({ now, fineSeconds: slo.fineSeconds });
    const stepSeconds = hourly ? Math.ceil(step / HOUR) * HOUR : step;
    if (stepSeconds && (end - start) / stepSeconds > MAX_HISTORY_POINTS) {
      throw new InputError(
        `step: ${stepSeconds} gives more than ${MAX_HISTORY_POINTS} points for this range; ask for a longer step`,
      );
    }
    const stretches = exclusionStretches({ exclusions, range: { start, end } });
    const span = {
      knex: this.#knex,
      start,
      end,
      points: HISTORY_POINTS,
      stepSeconds,
    };
    const history = composite
      ? await compositeSteps({ ...span, composite })
      : (
          await sloSteps({
            ...span,
            slos: [{ ...slo, excluded: excludedBuckets(stretches) }],
          })
        ).get(slo.id)!;
    // What has happened since the last data is told with it: an alert fires a
    // moment after the bucket that made it.
    const upTo = to !== undefined && clock - to > LAG ? end : clock;
    const between = {
      from: new Date(start * 1000).toISOString(),
      to: new Date(upTo * 1000).toISOString(),
    };
    const markers = slo.hasMarkers
      ? await readMarkers(this.#knex, {
          entityRef: slo.entityRef,
          ...between,
          others: [
            alertMarkersQuery(this.#knex, { sloId: slo.id, ...between }),
            changeMarkersQuery(this.#knex, { sloId: slo.id, ...between }),
          ],
        })
      : [];
    return {
      ...history,
      markers,
      exclusions: stretches.map(({ id, reason, ...stretch }) => ({
        id,
        from: new Date(stretch.start * 1000).toISOString(),
        to: new Date(stretch.end * 1000).toISOString(),
        reason,
      })),
    };
  }

  async #read(options: {
    entityRef: string;
    slo: string;
  }): Promise<SloWithComponent> {
    const slo = await readSlo(this.#knex, options);
    if (!slo) {
      throw new NotFoundError(
        `${options.entityRef} has no SLO called ${options.slo}`,
      );
    }
    return slo;
  }

  async #firstStatus(slo: SloWithComponent): Promise<SloStatus> {
    await this.evaluate({ sloIds: [slo.id] });
    const { status } = await this.#read({
      entityRef: slo.entityRef,
      slo: slo.definition.name,
    });
    if (!status) {
      throw new NotFoundError(`${slo.definition.name} was removed just now`);
    }
    return status;
  }
}
