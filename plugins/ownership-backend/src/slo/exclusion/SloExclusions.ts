import { randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  checkExclusion,
  exclusionLimits,
  expandExclusion,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  ExclusionRequest,
  ExclusionRule,
  SloExclusion,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { columnText } from '../../drift/store/columnText';
import type { SloService } from '../SloService';
import { fineFrom } from '../store/dropOldBuckets';
import {
  endExclusion,
  insertExclusion,
  readExclusions,
} from '../store/exclusions';
import type { StoredExclusion } from '../store/exclusions';
import { readSlo } from '../store/readSlo';
import type { SloWithComponent } from '../store/readSlo';
import { describeExclusion } from './describeExclusion';

type SloName = { entityRef: string; slo: string };

/**
 * The time that does not count for SLOs: who excluded it and why. An SLO is
 * evaluated as soon as its exclusions change; that one begins or ends by the
 * clock is found by the evaluation itself.
 */
export class SloExclusions {
  readonly #knex: Knex;
  readonly #slos: Pick<SloService, 'evaluate'>;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    slos: Pick<SloService, 'evaluate'>;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#slos = options.slos;
    this.#now = options.now;
  }

  /** @throws NotFoundError where the component has no such SLO */
  async list(options: SloName): Promise<SloExclusion[]> {
    const { id } = await this.#read(options);
    const exclusions = await readExclusions(this.#knex, [id]);
    return (exclusions.get(id) ?? []).map(exclusion =>
      describeExclusion({ exclusion, now: this.#now() }),
    );
  }

  /**
   * @throws InputError for a time that is not accepted
   * @throws ConflictError where the SLO has too many
   */
  async add(
    options: SloName & { request: ExclusionRequest; caller: string },
  ): Promise<SloExclusion> {
    const slo = await this.#read(options);
    const now = this.#now();
    const checked = checkExclusion({ request: options.request, now });
    if ('message' in checked) {
      throw new InputError(checked.message);
    }
    const exclusion: StoredExclusion = {
      ...checked,
      id: randomUUID(),
      sloId: slo.id,
      createdAt: now.toISOString(),
      createdBy: columnText(options.caller, 300),
    };
    const stored = await insertExclusion({
      knex: this.#knex,
      exclusion,
      overAt: overAt(checked.rule),
      now,
      most: exclusionLimits.maxPerSlo,
    });
    if (!stored) {
      throw new ConflictError(
        `${slo.definition.name} has ${exclusionLimits.maxPerSlo} exclusions that are not over; end some of them first`,
      );
    }
    await this.#slos.evaluate({ sloIds: [slo.id] });
    return {
      ...describeExclusion({ exclusion, now }),
      ...warnings({ rule: checked.rule, slo, now }),
    };
  }

  /**
   * Ends an exclusion: what is still to come counts again, or all of it.
   *
   * @throws NotFoundError where the SLO has no such exclusion
   * @throws ConflictError where it was ended before
   */
  async end(
    options: SloName & {
      id: string;
      reason: string;
      scope?: 'future' | 'all';
      caller: string;
    },
  ): Promise<SloExclusion> {
    const slo = await this.#read(options);
    const now = this.#now();
    const find = async () => {
      const exclusions = await readExclusions(this.#knex, [slo.id]);
      return exclusions.get(slo.id)?.find(({ id }) => id === options.id);
    };
    const before = await find();
    if (!before) {
      throw new NotFoundError(
        `${slo.definition.name} of ${slo.entityRef} has no such exclusion`,
      );
    }
    const withdrawn = options.scope === 'all';
    const { state } = describeExclusion({ exclusion: before, now });
    if (state === 'over' && !withdrawn) {
      throw new ConflictError(
        'It is over already; with scope=all the time it took counts again',
      );
    }
    const ended = await endExclusion({
      knex: this.#knex,
      id: before.id,
      sloId: slo.id,
      ended: {
        at: now.toISOString(),
        by: columnText(options.caller, 300),
        reason: columnText(options.reason, 500),
        withdrawn,
      },
    });
    if (!ended) {
      throw new ConflictError('It was ended before');
    }
    await this.#slos.evaluate({ sloIds: [slo.id] });
    return describeExclusion({ exclusion: (await find()) ?? before, now });
  }

  async #read(options: SloName): Promise<SloWithComponent> {
    const slo = await readSlo(this.#knex, options);
    if (!slo) {
      throw new NotFoundError(
        `${options.entityRef} has no SLO called ${options.slo}`,
      );
    }
    return slo;
  }
}

function overAt(rule: ExclusionRule): number | undefined {
  if (rule.type === 'once') {
    return rule.to;
  }
  return rule.until === undefined
    ? undefined
    : rule.until + rule.durationSeconds;
}

// Of older time only whole hours are kept: an hour is excluded or it is not.
function warnings(options: {
  rule: ExclusionRule;
  slo: SloWithComponent;
  now: Date;
}): Pick<SloExclusion, 'warnings'> {
  const { rule, slo, now } = options;
  const kept = fineFrom({ now, fineSeconds: slo.fineSeconds });
  const cutsHours = expandExclusion({
    rule,
    range: { start: 0, end: kept },
  }).some(({ start, end }) => start % 3600 !== 0 || end % 3600 !== 0);
  return cutsHours
    ? {
        warnings: [
          `Before ${new Date(
            kept * 1000,
          ).toISOString()} data is kept in whole hours: an hour that is excluded in part is left out as a whole.`,
        ],
      }
    : {};
}
