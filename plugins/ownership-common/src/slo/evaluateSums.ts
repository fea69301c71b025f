import { evaluateAlerts } from './alert/evaluateAlerts';
import type { AlertMemory } from './alert/trackAlert';
import { budgetUnits } from './budgetUnits';
import { errorBudget } from './errorBudget';
import type { SloStatus } from './schema';
import { sloVerdict } from './sloVerdict';
import type { SloWindows } from './sloWindows';
import { sliceLength } from './sliceLength';
import type { SloSums } from './sumBuckets';
import type { SloDefinition } from './types';

type BurnRate = SloStatus['burnRates'][number];
type Alert = SloStatus['alerts'][number];
type Budget = NonNullable<SloStatus['budget']>;

/**
 * Evaluates an SLO from sums over its windows.
 *
 * With B = 1 - T and the units of `budgetUnits`:
 * consumed = bad / (B x N), remaining = 1 - consumed, not clamped;
 * burn rate = (bad / units) / B. N is the number of units in the window. A
 * calendar window knows it for slices (the whole period); for events it does
 * not and takes those to date, marked as estimated.
 *
 * Sources: Google SRE workbook chapter 5; OpenSLO v1, budgetingMethod.
 *
 * @param options - `windows`: from `sloWindows`. `sums`: one sum for each of
 *   the windows. `lastDataEnd`: end of the latest bucket, seconds since the
 *   epoch. `alertMemory`: what is remembered of the alert rows, so that those
 *   that go on firing keep their `since`.
 *
 * @public
 */
export function evaluateSums(options: {
  definition: SloDefinition;
  windows: SloWindows;
  sums: SloSums;
  now: Date;
  entityRef: string;
  lastDataEnd?: number;
  alertMemory?: readonly AlertMemory[];
}): SloStatus {
  const { definition, windows, sums, now, entityRef, lastDataEnd } = options;
  const { period, main } = windows;
  const windowSeconds = period.end - period.start;
  const measured = budgetUnits({
    definition,
    sum: sums.main,
    seconds: main.end - main.start,
  });
  const budget = evaluateBudget({ definition, windows, measured });
  const burnRates = windows.burn.map((range, index): BurnRate => {
    const sum = sums.burn[index];
    const { units, bad } = budgetUnits({
      definition,
      sum,
      seconds: range.end - range.start,
    });
    return {
      windowSeconds: range.seconds,
      ...(units > 0 && {
        errorRate: bad / units,
        burnRate: bad / units / errorBudget(definition.objective),
      }),
      coverage: share(sum.coveredSeconds, range.seconds),
    };
  });
  const alerts = evaluateAlerts({
    definition,
    windows,
    burnRates,
    hasData: lastDataEnd !== undefined,
    now,
    memory: options.alertMemory,
  });
  const coverage = share(sums.main.coveredSeconds, main.end - main.start);
  const seen = sums.main.coveredSeconds > 0;
  return {
    entityRef,
    slo: definition.name,
    title: definition.title,
    ...(definition.description && { description: definition.description }),
    objective: definition.objective,
    budgetingMethod: definition.budgetingMethod,
    window: {
      duration: definition.window.duration,
      type: definition.window.type,
      start: iso(period.start),
      end: iso(period.end),
    },
    ...sloVerdict({
      definition,
      windows,
      coverage,
      budget,
      burnRates,
      alerts,
      lastDataEnd,
      total: sums.main.total,
    }),
    ...(measured.units > 0 && {
      sli: (measured.units - measured.bad) / measured.units,
    }),
    ...(seen && { good: sums.main.good, total: sums.main.total }),
    ...(budget && { budget }),
    burnRates,
    alerts,
    ...exhaustion({
      windows,
      definition,
      windowSeconds,
      budget,
      burnRates,
      alerts,
    }),
    coverage,
    ...(lastDataEnd !== undefined && {
      // The running bucket ends in the future; nothing was seen there yet.
      lastDataAt: iso(Math.min(lastDataEnd, now.getTime() / 1000)),
    }),
    evaluatedAt: now.toISOString(),
  };
}

function evaluateBudget(options: {
  definition: SloDefinition;
  windows: SloWindows;
  measured: { units: number; bad: number; missing: number };
}): Budget | undefined {
  const { definition, windows, measured } = options;
  if (measured.units === 0) {
    return undefined;
  }
  const { period } = windows;
  const calendar = definition.window.type === 'calendar';
  const slice = sliceLength(definition);
  const left = definition.noDataSlices === 'ignore' ? measured.missing : 0;
  const units =
    calendar && slice
      ? Math.floor((period.end - period.start) / slice) - left
      : measured.units;
  const allowed = errorBudget(definition.objective) * units;
  const consumed = measured.bad / allowed;
  const remaining = 1 - consumed;
  return {
    consumed,
    remaining,
    remainingEvents: allowed - measured.bad,
    remainingSeconds:
      remaining *
      errorBudget(definition.objective) *
      (period.end - period.start),
    estimated: calendar && !slice,
  };
}

/**
 * Time to exhaustion = remaining x W / burn rate, at the rate of the long
 * window of the first alert that fires, else at that of the last day (or the
 * longest window up to a day).
 */
function exhaustion(options: {
  windows: SloWindows;
  definition: SloDefinition;
  windowSeconds: number;
  budget?: Budget;
  burnRates: BurnRate[];
  alerts: Alert[];
}): Pick<SloStatus, 'exhaustionSeconds'> {
  const { windows, definition, windowSeconds, budget, burnRates, alerts } =
    options;
  if (!budget) {
    return {};
  }
  if (budget.remaining <= 0) {
    return { exhaustionSeconds: 0 };
  }
  const basis =
    alerts.find(({ firing }) => firing)?.longSeconds ??
    Math.max(
      ...burnRates.map(rate => rate.windowSeconds).filter(s => s <= 86_400),
    );
  const burn = burnRates.find(rate => rate.windowSeconds === basis)?.burnRate;
  if (!burn || burn <= 0) {
    return {};
  }
  const seconds = (budget.remaining * windowSeconds) / burn;
  // A calendar budget is new in the next period.
  return definition.window.type === 'calendar' &&
    seconds > windows.period.end - windows.asOf
    ? {}
    : { exhaustionSeconds: seconds };
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
