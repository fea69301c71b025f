import { evaluateAlerts } from './alert/evaluateAlerts';
import type { AlertMemory } from './alert/trackAlert';
import type { BudgetUnits } from './budgetUnits';
import { errorBudget } from './errorBudget';
import { excludedSeconds, excludedSlices } from './exclusion/stretches';
import type { SloStatus } from './schema';
import { sliceLength } from './sliceLength';
import { sloVerdict } from './sloVerdict';
import type { SloWindows } from './sloWindows';
import type { SloDefinition } from './types';

type BurnRate = SloStatus['burnRates'][number];
type Alert = SloStatus['alerts'][number];
type Budget = NonNullable<SloStatus['budget']>;

/**
 * What was measured in one window, in the units of its budget.
 *
 * @internal
 */
export interface Measure extends BudgetUnits {
  /** Good events; absent where there is no data, or nothing to count. */
  good?: number;
  /** All events. */
  total: number;
  /** Share of the time that counts for which there is data. */
  coverage: number;
}

/**
 * The status of an SLO from what was measured in its windows: the one place
 * where budgets and burn rates are worked out, of composites as well.
 *
 * @internal
 */
export function evaluateMeasures(options: {
  definition: SloDefinition;
  windows: SloWindows;
  main: Measure;
  /** One for each burn window. */
  burn: readonly Measure[];
  now: Date;
  entityRef: string;
  lastDataEnd?: number;
  alertMemory?: readonly AlertMemory[];
  minimumCoverage?: number;
}): SloStatus {
  const { definition, windows, main, now, entityRef, lastDataEnd } = options;
  const { period, excluded = [] } = windows;
  const countedSeconds =
    period.end - period.start - excludedSeconds({ range: period, excluded });
  const budget = evaluateBudget({
    definition,
    windows,
    measured: main,
    countedSeconds,
  });
  const burnRates = windows.burn.map(({ seconds }, index): BurnRate => {
    const { units, bad, coverage } = options.burn[index];
    return {
      windowSeconds: seconds,
      ...(units > 0 && {
        errorRate: bad / units,
        burnRate: bad / units / errorBudget(definition.objective),
      }),
      coverage,
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
  const left = excludedSeconds({ range: windows.main, excluded });
  const clock = now.getTime() / 1000;
  const running = excluded.find(
    ({ start, end }) => start <= clock && clock < end,
  );
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
      coverage: main.coverage,
      budget,
      burnRates,
      alerts,
      lastDataEnd,
      total: main.total,
      minimumCoverage: options.minimumCoverage,
    }),
    ...(main.units > 0 && { sli: (main.units - main.bad) / main.units }),
    ...(main.good !== undefined && { good: main.good, total: main.total }),
    ...(budget && { budget }),
    burnRates,
    alerts,
    ...exhaustion({
      windows,
      definition,
      countedSeconds,
      budget,
      burnRates,
      alerts,
    }),
    coverage: main.coverage,
    ...(left > 0 && { excludedSeconds: left }),
    ...(running && { excludedUntil: iso(running.end) }),
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
  measured: Measure;
  countedSeconds: number;
}): Budget | undefined {
  const { definition, windows, measured, countedSeconds } = options;
  if (measured.units === 0) {
    return undefined;
  }
  const { period, excluded = [] } = windows;
  const calendar = definition.window.type === 'calendar';
  const slice = sliceLength(definition);
  const left = definition.noDataSlices === 'ignore' ? measured.missing : 0;
  const units =
    calendar && slice
      ? Math.floor((period.end - period.start) / slice) -
        excludedSlices({ range: period, excluded, sliceSeconds: slice }) -
        left
      : measured.units;
  const allowed = errorBudget(definition.objective) * units;
  const consumed = measured.bad / allowed;
  const remaining = 1 - consumed;
  return {
    consumed,
    remaining,
    remainingEvents: allowed - measured.bad,
    remainingSeconds:
      remaining * errorBudget(definition.objective) * countedSeconds,
    estimated: calendar && !slice,
  };
}

/**
 * Time to exhaustion = remaining x W / burn rate, W without what is excluded, at the rate of the long
 * window of the first alert that fires, else at that of the last day (or the
 * longest window up to a day).
 */
function exhaustion(options: {
  windows: SloWindows;
  definition: SloDefinition;
  countedSeconds: number;
  budget?: Budget;
  burnRates: BurnRate[];
  alerts: Alert[];
}): Pick<SloStatus, 'exhaustionSeconds'> {
  const { windows, definition, countedSeconds, budget, burnRates, alerts } =
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
  const seconds = (budget.remaining * countedSeconds) / burn;
  // A calendar budget is new in the next period.
  return definition.window.type === 'calendar' &&
    seconds > windows.period.end - windows.asOf
    ? {}
    : { exhaustionSeconds: seconds };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
