import {
  alertDetails,
  applicablePolicyActions,
  budgetCrossings,
  nextAlertStates,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BudgetCrossing,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readComposite } from './composite/readComposite';
import type { ResolvedComposite } from './composite/readComposite';
import { describeSourceError } from './describeSourceError';
import { dueAt, groupByWindows } from './groupByWindows';
import type { WindowGroup } from './groupByWindows';
import type { SloLimits } from './readSloLimits';
import { sloSparklines } from './sloSparklines';
import { readDueSlos } from './store/readDueSlos';
import type { DueSlo } from './store/readDueSlos';
import { readExclusions } from './store/exclusions';
import { touchComposites } from './store/touchComposites';
import { workOutStatuses } from './workOutStatuses';
import { writeStatuses } from './store/writeStatuses';
import type { EvaluatedSlo } from './store/writeStatuses';

const BATCH = 200;
const HOUR = 3600;

/**
 * Works out the statuses that are due and writes those that changed. SLOs that
 * are summed over the same windows share their statements; where one of them
 * fails, the others are evaluated all the same and `onError` is told.
 *
 * @param options - `sloIds`: only these
 * @returns how many SLOs were looked at and how many statuses written
 */
export async function evaluateSlos(options: {
  knex: Knex;
  now: Date;
  sloIds?: readonly number[];
  signal?: AbortSignal;
  /** How often an SLO is tried that others evaluate at the same time. */
  attempts?: number;
  limits?: SloLimits;
  onError?(slo: DueSlo, error: Error): void;
}): Promise<{ evaluated: number; written: number }> {
  const { knex, now, sloIds, signal, attempts = 3 } = options;
  let evaluated = 0;
  let written = 0;
  let afterId = 0;
  for (;;) {
    const due = await readDueSlos({ knex, now, limit: BATCH, afterId, sloIds });
    const done: EvaluatedSlo[] = [];
    const exclusions = await readExclusions(
      knex,
      due.map(({ id }) => id),
    );
    const composites = new Map<number, ResolvedComposite>();
    const slos = await withMembers({ ...options, due, composites });
    for (const group of groupByWindows({ ...options, slos, exclusions })) {
      done.push(
        ...(await evaluateIsolated({ ...options, ...group, composites })),
      );
    }
    const lost = new Set(await writeStatuses({ knex, evaluated: done, now }));
    const kept = done.filter(({ id }) => !lost.has(id));
    const parents = await touchComposites(
      knex,
      kept.filter(each => !composites.has(each.id)).map(({ id }) => id),
    );
    if (parents.length > 0) {
      const above = await evaluateSlos({ ...options, sloIds: parents });
      evaluated += above.evaluated;
      written += above.written;
    }
    evaluated += kept.length;
    written += kept.filter(({ status }) => status).length;
    if (lost.size > 0 && attempts > 1) {
      // Whoever was faster may have seen less: what is due still is done again.
      const again = await evaluateSlos({
        ...options,
        sloIds: [...lost],
        attempts: attempts - 1,
      });
      evaluated += again.evaluated;
      written += again.written;
    }
    if (due.length < BATCH || signal?.aborted) {
      return { evaluated, written };
    }
    afterId = due[due.length - 1].id;
  }
}

type Context = Pick<
  Parameters<typeof evaluateSlos>[0],
  'knex' | 'now' | 'limits' | 'onError'
> & {
  /** What the composites among them are made of, by id. */
  composites: ReadonlyMap<number, ResolvedComposite>;
};

/** The data of a composite ends where that of its members does. */
async function withMembers(
  options: Omit<Context, 'composites'> & {
    due: DueSlo[];
    composites: Map<number, ResolvedComposite>;
  },
): Promise<DueSlo[]> {
  const { knex, now, limits, due, composites, onError } = options;
  const slos: DueSlo[] = [];
  for (const slo of due) {
    if (!slo.definition.members) {
      slos.push(slo);
      continue;
    }
    try {
      const composite = await readComposite({
        knex,
        composite: slo,
        now,
        staleAfterSeconds: limits?.staleAfterSeconds,
      });
      composites.set(slo.id, composite);
      slos.push({ ...slo, lastDataEnd: composite.lastDataEnd });
    } catch (error) {
      onError?.(slo, error as Error);
    }
  }
  return slos;
}

async function evaluateIsolated(
  options: WindowGroup & Context,
): Promise<EvaluatedSlo[]> {
  const { slos, onError } = options;
  try {
    return await evaluateGroup(options);
  } catch (error) {
    if (slos.length === 1) {
      onError?.(slos[0], error as Error);
      return [];
    }
    const each: EvaluatedSlo[] = [];
    for (const slo of slos) {
      each.push(...(await evaluateIsolated({ ...options, slos: [slo] })));
    }
    return each;
  }
}

async function evaluateGroup(
  options: WindowGroup & Context,
): Promise<EvaluatedSlo[]> {
  const { knex, now, slos, windows, limits } = options;
  const statuses = await workOutStatuses(options);
  const sparklineHour = Math.floor(windows.asOf / HOUR) * HOUR;
  const evaluated = slos.map(slo => {
    const { status, members } = statuses.get(slo.id)!;
    return { slo, members, ...withPolicy({ slo, status, now }) };
  });
  const sparklines = await sloSparklines({
    knex,
    now,
    windows,
    composites: options.composites,
    slos: evaluated
      .filter(
        ({ slo, status }) =>
          slo.sparklineHour !== sparklineHour || !isDrawn(status, slo.previous),
      )
      .map(({ slo }) => slo),
  });
  return evaluated.map(({ slo, status, members, crossings }) => {
    const sparkline = sparklines.has(slo.id)
      ? sparklines.get(slo.id)
      : slo.previous?.sparkline;
    const complete: SloStatus = {
      ...status,
      ...(slo.discovered && { discovered: true }),
      ...(sparkline && { sparkline }),
    };
    return {
      id: slo.id,
      revision: slo.revision,
      lastDataEnd: slo.lastDataEnd,
      sparklineHour,
      dueAt: dueAt({ slo, windows, limits, now }),
      evaluations: slo.evaluations,
      ...(members && { members }),
      ...changedAlerts({ slo, status }),
      ...(!isEqual(crossings, slo.crossings) && { crossings }),
      ...(!isSame(complete, slo.previous) && { status: complete }),
    };
  });
}

/** Adds to a status why its source fails, and what the budget policy asks for. */
function withPolicy(options: { slo: DueSlo; status: SloStatus; now: Date }): {
  status: SloStatus;
  crossings: BudgetCrossing[];
} {
  const { slo, status, now } = options;
  const policy = slo.definition.errorBudgetPolicy;
  const crossings = budgetCrossings({
    policy,
    status,
    previous: slo.crossings,
    now,
  });
  const actions = applicablePolicyActions({ policy, status, crossings });
  return {
    status: {
      ...describeSourceError(status, slo.sourceError),
      ...(actions.length > 0 && { policyActions: actions }),
    },
    crossings,
  };
}

function changedAlerts(options: {
  slo: DueSlo;
  status: SloStatus;
}): Pick<EvaluatedSlo, 'alerts'> {
  const { slo, status } = options;
  const { states, changes } = nextAlertStates({
    previous: slo.alerts,
    alerts: status.alerts,
  });
  return isEqual(states, slo.alerts)
    ? {}
    : {
        alerts: {
          entityRef: slo.entityRef,
          slo: slo.definition.name,
          states,
          changes: changes.map(change => ({
            ...change,
            details: alertDetails({ change, status }),
          })),
        },
      };
}

/**
 * Whether the small chart of the previous status still shows where the SLO
 * stands. It covers the whole window: new every hour is often enough, unless
 * an incident or a backfill changes the picture.
 */
function isDrawn(status: SloStatus, previous: SloStatus | undefined): boolean {
  const drawn = previous?.sparkline?.filter(point => point !== null).pop();
  const remaining = status.budget?.remaining;
  if (remaining === undefined || drawn === undefined || !previous) {
    return remaining === undefined && previous?.sparkline === undefined;
  }
  return (
    status.objective === previous.objective &&
    status.window.duration === previous.window.duration &&
    status.window.type === previous.window.type &&
    Math.abs(remaining - drawn) < 0.02 * Math.max(1, Math.abs(remaining)) &&
    Math.abs(status.coverage - previous.coverage) < 0.01 &&
    Math.abs((status.excludedSeconds ?? 0) - (previous.excludedSeconds ?? 0)) <=
      HOUR
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isSame(status: SloStatus, previous: SloStatus | undefined): boolean {
  const without = (value: SloStatus) =>
    JSON.stringify({ ...value, evaluatedAt: undefined });
  return previous !== undefined && without(status) === without(previous);
}
