import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import type { Paint } from '../command/Paint';
import { showControls } from '../command/showControls';

const STATE_PAINT: Record<SloStatus['state'], keyof Paint> = {
  met: 'green',
  'at-risk': 'yellow',
  breached: 'red',
  partial: 'yellow',
  'no-traffic': 'blue',
  'no-data': 'blue',
};

/**
 * Where an SLO stands, as a few lines and a table of burn rates.
 *
 * @internal
 */
export function describeStatus(options: {
  status: SloStatus;
  paint: Paint;
}): string {
  const { status, paint } = options;
  const { budget, window } = status;
  const unit = status.budgetingMethod === 'Occurrences' ? 'events' : 'slices';
  const rows: Array<[string, string]> = [
    [
      'state',
      paint[STATE_PAINT[status.state]](status.state) + reasonOf(status),
    ],
    [
      'objective',
      `${percent(status.objective)} over ${window.duration} ${window.type}, ${
        status.budgetingMethod
      }`,
    ],
    ['window', `${minute(window.start)} to ${minute(window.end)} UTC`],
    ['SLI', status.sli === undefined ? 'none' : percent(status.sli)],
  ];
  if (status.good !== undefined && status.total !== undefined) {
    rows.push([
      'events',
      `${count(status.good)} good of ${count(status.total)}`,
    ]);
  }
  if (budget) {
    const events = `${count(Math.abs(budget.remainingEvents))} bad ${unit}`;
    const outage = `${duration(
      Math.abs(budget.remainingSeconds),
    )} of full outage`;
    rows.push([
      'budget left',
      `${percent(budget.remaining)}${budget.estimated ? ' (estimated)' : ''}: ${
        budget.remaining < 0
          ? `${events}, or ${outage}, too many`
          : `${events}, or ${outage}`
      }`,
    ]);
  }
  if (
    status.exhaustionSeconds !== undefined &&
    budget &&
    budget.remaining > 0
  ) {
    rows.push([
      'gone in',
      `${duration(status.exhaustionSeconds)} at the present rate`,
    ]);
  }
  rows.push(['data', `${percent(status.coverage)} of the window`]);
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    `${paint.bold(showControls(status.title))}${
      status.title === status.slo ? '' : ` (${status.slo})`
    }`,
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    ...burnTable(status, paint),
    '',
  ].join('\n');
}

function reasonOf({ reason }: SloStatus): string {
  return reason ? `: ${showControls(reason)}` : '';
}

function burnTable(status: SloStatus, paint: Paint): string[] {
  if (status.alerts.length === 0) {
    return [];
  }
  const burnOf = (seconds: number) => {
    const rate = status.burnRates.find(
      ({ windowSeconds }) => windowSeconds === seconds,
    )?.burnRate;
    return rate === undefined ? 'no data' : `${rate.toFixed(2)}x`;
  };
  const table = [
    ['alert', 'long', 'burn', 'short', 'burn', 'fires above', ''],
    ...status.alerts.map(alert => [
      alert.severity,
      duration(alert.longSeconds),
      burnOf(alert.longSeconds),
      duration(alert.shortSeconds),
      burnOf(alert.shortSeconds),
      `${alert.factor.toFixed(2)}x`,
      alertState(alert, paint),
    ]),
  ];
  const widths = table[0].map((_, column) =>
    Math.max(...table.map(row => row[column].length)),
  );
  return [
    '',
    ...table.map((row, index) => {
      const line = row
        .map((cell, column) =>
          column < row.length - 1 ? cell.padEnd(widths[column]) : cell,
        )
        .join('  ');
      return `  ${index === 0 ? paint.dim(line.trimEnd()) : line.trimEnd()}`;
    }),
  ];
}

function alertState(alert: SloStatus['alerts'][number], paint: Paint): string {
  if (alert.firing) {
    return paint.red('firing');
  }
  return alert.reachable ? 'quiet' : 'can never fire';
}

/** Up to five digits, and never 100 % or 0 % by rounding. */
function percent(share: number): string {
  const value = share * 100;
  for (const digits of [2, 3, 4, 5]) {
    const shown = Number(value.toFixed(digits));
    if (share === 1 || share === 0 || (shown !== 100 && shown !== 0)) {
      return `${shown} %`;
    }
  }
  return `${value} %`;
}

function count(value: number): string {
  return value.toLocaleString('en-US', {
    maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0,
  });
}

function minute(moment: string): string {
  return moment.slice(0, 16).replace('T', ' ');
}

/** The two largest units: `4 d 2 h`. */
function duration(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.abs(Math.round(seconds));
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0 && parts.length < 2) {
      parts.push(`${whole} ${unit}`);
    }
  }
  return `${seconds < 0 ? '-' : ''}${parts.join(' ') || '0 s'}`;
}
