import {
  errorBudget,
  maxBurnRate,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SloDetail,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { PagesText } from '../../usePagesTranslation';
import { windowSeconds } from './range';

interface MathRow {
  name: string;
  value: string;
}

/**
 * Every figure of a status as a sum that can be done by hand.
 *
 * @internal
 */
export function mathRows(options: {
  status: SloStatus;
  /** Of a composite. */
  members?: SloDetail['members'];
  t: PagesText;
  share(ratio: number): string;
  duration(seconds: number): string;
}): MathRow[] {
  const { status, t } = options;
  const allowed = errorBudget(status.objective);
  return [
    {
      name: t('pages.slo.detail.mathBudget'),
      value: `1 − ${figure(status.objective)} = ${figure(allowed)}`,
    },
    ...windowRows(options),
    ...budgetRows(options),
    ...burnRows(options),
    {
      name: t('pages.slo.detail.mathMost'),
      value: `1 ÷ ${figure(allowed)} = ${figure(
        maxBurnRate(status.objective),
      )}×`,
    },
    ...thresholdRows(options),
  ];
}

type Options = Parameters<typeof mathRows>[0];

function windowRows(options: Options): MathRow[] {
  const { status, members, t, share, duration } = options;
  const { good, total, sli } = status;
  const rows: MathRow[] = [
    {
      name: t('pages.slo.detail.mathCoverage'),
      value: share(status.coverage),
    },
  ];
  if (status.excludedSeconds) {
    rows.push({
      name: t('pages.slo.exclusion.mathExcluded'),
      value: duration(status.excludedSeconds),
    });
  }
  const parts = members?.filter(
    member => member.share !== undefined && member.sli !== undefined,
  );
  if (parts && sli !== undefined) {
    const sum = parts.map(
      member => `${share(member.share!)} × ${share(member.sli!)}`,
    );
    rows.push({
      name: t('pages.slo.detail.mathSliMembers'),
      value: `${sum.join(' + ')} = ${share(sli)}`,
    });
  }
  if (good !== undefined && total !== undefined && sli !== undefined) {
    rows.push({
      name: t('pages.slo.detail.mathSli'),
      value:
        status.budgetingMethod === 'Occurrences'
          ? `${figure(good)} ÷ ${figure(total)} = ${share(sli)}`
          : share(sli),
    });
  }
  return rows;
}

const consumedKeys = {
  Occurrences: 'pages.slo.detail.mathConsumed',
  Timeslices: 'pages.slo.detail.mathConsumedSlices',
  RatioTimeslices: 'pages.slo.detail.mathConsumedMean',
} as const;

function budgetRows(options: Options): MathRow[] {
  const { status, members, t, share, duration } = options;
  const { budget, budgetingMethod, exhaustionSeconds, sli } = status;
  if (!budget) {
    return [];
  }
  const units = budgetUnitsOf(status);
  const allowed = errorBudget(status.objective);
  const window = duration(windowSeconds(status));
  const consumed = units
    ? `${figure(units.bad)} ÷ (${figure(allowed)} × ${figure(units.all)}) = `
    : '';
  const rows = [
    members && sli !== undefined
      ? {
          name: t('pages.slo.detail.mathConsumedMembers'),
          value: `(1 − ${figure(sli)}) ÷ ${figure(allowed)} = ${share(
            budget.consumed,
          )}`,
        }
      : {
          name: t(consumedKeys[budgetingMethod]),
          value: `${consumed}${share(budget.consumed)}`,
        },
    {
      name: t('pages.slo.detail.mathRemaining'),
      value: `1 − ${figure(budget.consumed)} = ${share(budget.remaining)}`,
    },
  ];
  if (units) {
    rows.push({
      name: t(
        budgetingMethod === 'Occurrences'
          ? 'pages.slo.detail.mathEvents'
          : 'pages.slo.detail.mathSlices',
      ),
      value: `${figure(allowed)} × ${figure(units.all)} − ${figure(
        units.bad,
      )} = ${figure(budget.remainingEvents)}`,
    });
  }
  rows.push({
    name: t('pages.slo.detail.mathTime'),
    value: `${figure(budget.remaining)} × ${figure(allowed)} × ${window} = ${
      budget.remainingSeconds < 0 ? '−' : ''
    }${duration(budget.remainingSeconds)}`,
  });
  if (exhaustionSeconds !== undefined && exhaustionSeconds > 0) {
    rows.push({
      name: t('pages.slo.detail.mathExhaustion'),
      value: `${figure(budget.remaining)} × ${window} ÷ ${figure(
        (budget.remaining * windowSeconds(status)) / exhaustionSeconds,
      )} = ${duration(exhaustionSeconds)}`,
    });
  }
  return rows;
}

/**
 * What the budget is counted in: of slices only the sums are known, from what
 * is allowed in all: remaining events ÷ remaining share.
 */
function budgetUnitsOf(
  status: SloStatus,
): { all: number; bad: number } | undefined {
  const { good, total, budget, budgetingMethod } = status;
  if (budgetingMethod === 'Occurrences') {
    return good === undefined || total === undefined
      ? undefined
      : { all: total, bad: total - good };
  }
  if (!budget?.remaining) {
    return undefined;
  }
  const allowed = budget.remainingEvents / budget.remaining;
  return {
    all: roughly(allowed / errorBudget(status.objective)),
    bad: roughly(budget.consumed * allowed),
  };
}

function burnRows({ status, t, duration }: Options): MathRow[] {
  const allowed = errorBudget(status.objective);
  return status.burnRates.flatMap(rate =>
    rate.burnRate !== undefined && rate.errorRate !== undefined
      ? [
          {
            name: t('pages.slo.detail.mathBurn', {
              window: duration(rate.windowSeconds),
            }),
            value: `${figure(rate.errorRate)} ÷ ${figure(allowed)} = ${figure(
              rate.burnRate,
            )}×`,
          },
        ]
      : [],
  );
}

/** What a threshold stands for: the share of the budget gone by then. */
function thresholdRows(options: Options): MathRow[] {
  const { status, t, share, duration } = options;
  const window = windowSeconds(status);
  const seen = new Set<string>();
  return status.alerts.flatMap(({ severity, factor, longSeconds }) => {
    const long = duration(longSeconds);
    const name = t('pages.slo.detail.mathThreshold', {
      alert: t(`pages.slo.detail.${severity}`),
      factor: figure(factor),
      window: long,
    });
    if (seen.has(name)) {
      return [];
    }
    seen.add(name);
    return [
      {
        name,
        value: `${figure(factor)} × ${long} ÷ ${duration(window)} = ${share(
          roughly((factor * longSeconds) / window),
        )}`,
      },
    ];
  });
}

// Takes the dust off the last digits.
function roughly(value: number): number {
  return Number(value.toPrecision(9));
}

function figure(value: number): string {
  return value.toLocaleString(undefined, {
    maximumSignificantDigits: Math.abs(value) >= 1000 ? 15 : 5,
    maximumFractionDigits: 6,
  });
}
