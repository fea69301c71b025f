import { monthsOf } from './measureValues';

/**
 * What a component cost in one month and currency.
 *
 * @public
 */
export interface CostValue {
  /** `2026-10`. */
  month?: string;
  /** ISO 4217 code. */
  currency?: string;
  /** In the currency. */
  value: number;
  /** Share of the month, as far as it has passed, that was measured; 0..1. */
  coverage?: number;
}

/**
 * What a component cost in a month against what it may cost.
 *
 * @public
 */
export interface MonthlyCost {
  /** `2026-10`. */
  month: string;
  /** ISO 4217 code. */
  currency: string;
  /** In the currency. */
  amount: number;
  /** Of the contract, in the same currency; absent where there is none. */
  budget?: number;
  /** True for the month that still runs. */
  running: boolean;
  /** Share of the month, as far as it has passed, that was measured; 0..1. */
  coverage?: number;
}

/**
 * What a component cost in the last complete month and in the one that runs,
 * by currency, with the budget where it is in the same currency.
 *
 * @public
 */
export function monthlyCosts(options: {
  values: readonly CostValue[];
  budget?: { amount: number; currency: string };
  now: Date;
}): MonthlyCost[] {
  const { values, budget, now } = options;
  const { current, last } = monthsOf(now);
  return values
    .flatMap(({ month, currency, value, coverage }) =>
      currency && (month === current || month === last)
        ? [
            {
              month,
              currency,
              amount: value,
              ...(budget?.currency === currency && { budget: budget.amount }),
              running: month === current,
              ...(coverage !== undefined && { coverage }),
            },
          ]
        : [],
    )
    .sort((a, b) =>
      `${a.month} ${a.currency}` < `${b.month} ${b.currency}` ? -1 : 1,
    );
}

/**
 * The month in which a component went over its budget: the one that runs, if
 * it is over it already, else the last complete one.
 *
 * @public
 */
export function overBudget(
  costs: readonly MonthlyCost[],
): (MonthlyCost & { budget: number }) | undefined {
  const over = costs.filter(
    (cost): cost is MonthlyCost & { budget: number } =>
      cost.budget !== undefined && cost.amount > cost.budget,
  );
  return over.find(({ running }) => running) ?? over[0];
}
