import type { AlertDetails } from './alertDetails';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/**
 * An alert that changed, in words: a title and what to do about it.
 *
 * @public
 */
export function describeAlert(options: {
  state: 'firing' | 'resolved';
  /** ISO 8601: when it changed. */
  at: string;
  details: AlertDetails;
  /** What people call the component. */
  component: string;
  runbook?: { title: string; href: string };
}): { title: string; description: string } {
  const { state, at, details, component, runbook } = options;
  const name = `${component}: ${details.title}`;
  if (state === 'resolved') {
    const lasted = (Date.parse(at) - Date.parse(details.since)) / 1000;
    return {
      title: `Resolved: ${name}`,
      description: sentences([
        details.reason === 'removed'
          ? 'The SLO is not defined any more, so its alert has ended.'
          : 'The error budget has stopped burning too fast.',
        `The alert fired for ${duration(lasted)}.`,
        left(details),
      ]),
    };
  }
  return {
    title:
      details.reason === 'no-data'
        ? `${name} has no data`
        : `${name} burns its error budget too fast`,
    description: sentences([
      burning(details),
      left(details),
      outlook(details),
      runbook && `Runbook: ${runbook.title}, ${runbook.href}`,
    ]),
  };
}

function burning(details: AlertDetails): string | undefined {
  if (details.reason === 'no-data') {
    return 'The data has ended, so nobody knows whether the promise is kept.';
  }
  const row = details.thresholds.find(({ firing }) => firing);
  const rate = details.burnRates.find(
    ({ windowSeconds }) => windowSeconds === row?.longSeconds,
  )?.burnRate;
  return row && rate !== undefined
    ? `It burns ${number(rate)} times as fast as it may over ${duration(
        row.longSeconds,
      )}; the limit is ${number(row.factor)}.`
    : undefined;
}

function left({ remaining }: AlertDetails): string | undefined {
  if (remaining === undefined) {
    return undefined;
  }
  return remaining > 0
    ? `${percent(remaining)} of the budget is left.`
    : `The budget is overspent by ${percent(-remaining)}.`;
}

function outlook(details: AlertDetails): string | undefined {
  const { exhaustionSeconds: seconds } = details;
  return seconds !== undefined && seconds > 0
    ? `At this rate it lasts ${duration(seconds)} more.`
    : undefined;
}

function sentences(parts: Array<string | undefined>): string {
  return parts.filter(Boolean).join(' ');
}

function percent(share: number): string {
  return `${number(share * 100)} %`;
}

function number(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0).replace(/\.0$/, '');
}

/** The two largest units: `1 day 4 hours`. */
function duration(seconds: number): string {
  const units = [
    { length: DAY, name: 'day' },
    { length: HOUR, name: 'hour' },
    { length: MINUTE, name: 'minute' },
  ];
  // Whole minutes first, so that 59.9 minutes do not read as "60 minutes".
  let rest = Math.max(MINUTE, Math.round(seconds / MINUTE) * MINUTE);
  const parts: string[] = [];
  for (const { length, name } of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0 && parts.length < 2) {
      parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
    }
  }
  return parts.join(' ');
}
