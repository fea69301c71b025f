/**
 * The columns of a FOCUS 1.x cost file that are read. See
 * https://focus.finops.org: `ChargePeriodStart` is included, and every row is
 * in one `BillingCurrency`.
 *
 * @public
 */
export const focusColumns = {
  currency: 'BillingCurrency',
  start: 'ChargePeriodStart',
  tags: 'Tags',
  effective: 'EffectiveCost',
  billed: 'BilledCost',
  service: 'ServiceName',
} as const;

/**
 * One charge of a cost file.
 *
 * @public
 */
export interface FocusCharge {
  /** May be below 0: credits and corrections are. */
  amount: number;
  /** ISO 4217 code. */
  currency: string;
  /** `2026-10`, by the start of the charge. */
  month: string;
  /** What the resource was tagged with; empty where it was not. */
  tags: Record<string, string>;
  /** The provider's name of what was charged. */
  service?: string;
}

/**
 * Reads one row of a FOCUS cost file. `message` says what is wrong with it.
 *
 * @public
 */
export function readFocusRow(options: {
  row: Readonly<Record<string, string | undefined>>;
  cost: 'effective' | 'billed';
  now: Date;
}): { charge: FocusCharge } | { message: string } {
  const { row, cost, now } = options;
  const column = focusColumns[cost];
  const written = row[column]?.trim() ?? '';
  const amount = Number(written);
  if (
    !/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(written) ||
    Math.abs(amount) > 1e15
  ) {
    return { message: `${column} is not an amount: ${short(written)}` };
  }
  const currency = row[focusColumns.currency]?.trim() ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) {
    return {
      message: `${focusColumns.currency} is not a currency code: ${short(
        currency,
      )}`,
    };
  }
  const start = readStart(row[focusColumns.start]?.trim() ?? '');
  if (start === undefined) {
    return {
      message: `${
        focusColumns.start
      } is not a moment such as 2026-10-01T00:00:00Z: ${short(
        row[focusColumns.start] ?? '',
      )}`,
    };
  }
  const month = new Date(start).toISOString().slice(0, 7);
  if (month > now.toISOString().slice(0, 7)) {
    return { message: `${focusColumns.start} is in the future` };
  }
  if (start < now.getTime() - 400 * 86_400_000) {
    return {
      message: `${focusColumns.start} is older than 400 days, which is not kept`,
    };
  }
  const tags = readTags(row[focusColumns.tags]?.trim() ?? '');
  if (!tags) {
    return { message: `${focusColumns.tags} is not a JSON object of texts` };
  }
  return {
    charge: {
      amount,
      currency,
      month,
      tags,
      service: row[focusColumns.service]?.trim() || undefined,
    },
  };
}

// FOCUS writes UTC; exports without a zone mean UTC too.
function readStart(text: string): number | undefined {
  const [, day, time = '00:00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))? ?(Z|[+-]\d\d:?\d\d|UTC)?$/.exec(
      text,
    ) ?? [];
  const moment = Date.parse(`${day}T${time}${zone === 'UTC' ? 'Z' : zone}`);
  return day === undefined || Number.isNaN(moment) ? undefined : moment;
}

function readTags(text: string): Record<string, string> | undefined {
  if (!text || text.toLowerCase() === 'null') {
    return {};
  }
  let tags: unknown;
  try {
    tags = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(tags)
      .slice(0, 200)
      .map(([name, value]) => [name, String(value ?? '')]),
  );
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text || 'nothing';
}
