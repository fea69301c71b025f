import type { MeasureUnit } from '@service-ownership/backstage-plugin-ownership-common';
import { formatShare } from '@service-ownership/backstage-plugin-ownership-react';
import { formatDuration } from '../pages/screen/formatDuration';

/**
 * A value with its unit: `99.95 %`, `2 hours, 5 minutes`, `€1,200`.
 *
 * @internal
 */
export function formatMeasure(options: {
  value: number;
  unit: MeasureUnit | string;
  currency?: string;
  language: string;
}): string {
  const { value, unit, currency, language } = options;
  const number = (digits: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(
      value,
    );
  switch (unit) {
    case 'ratio':
      return formatShare({ ratio: value, language });
    case 'seconds':
      return formatDuration({ seconds: value, language });
    case 'hours':
      return `${number(1)} h`;
    case 'money':
      return money({ value, currency, language, digits: 0 });
    case 'money/request':
      return money({ value, currency, language, digits: 6 });
    case 'requests/second':
      return `${number(2)} / s`;
    case 'budgets':
      return `${number(2)} ×`;
    default:
      return number(2);
  }
}

function money(options: {
  value: number;
  currency?: string;
  language: string;
  digits: number;
}): string {
  const { value, currency = '', language, digits } = options;
  try {
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: 0,
      maximumFractionDigits: digits,
    }).format(value);
  } catch {
    // Three letters, but no currency.
    const number = new Intl.NumberFormat(language, {
      maximumFractionDigits: digits,
    });
    return `${number.format(value)} ${currency}`;
  }
}
