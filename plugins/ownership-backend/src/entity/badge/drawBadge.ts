import type {
  BadgeMetric,
  EntitySummary,
} from '@service-ownership/backstage-plugin-ownership-common';
import { makeBadge } from 'badge-maker';

// The palette of the pages, dark enough for white text on each.
const good = '#1b7a3e';
const warning = '#a15c00';
const bad = '#b3261e';
const muted = '#5f6368';

const stateColours = {
  owned: good,
  'at-risk': warning,
  orphaned: bad,
  unknown: muted,
};

/**
 * A badge as SVG. What is not known is said to be unknown.
 *
 * @param options - `level`: title of the scorecard level the component reached
 */
export function drawBadge(options: {
  metric: BadgeMetric;
  summary: EntitySummary;
  level?: string;
}): string {
  const { summary, level } = options;
  switch (options.metric) {
    case 'state':
      return draw(
        'ownership',
        summary.state.replace('-', ' '),
        stateColours[summary.state],
      );
    case 'level':
      return draw('maturity', level ?? 'no level yet', level ? good : muted);
    default: {
      const remaining = summary.worstSlo?.remaining;
      return remaining === undefined
        ? draw('error budget', 'unknown', muted)
        : draw(
            'error budget',
            remaining > 0 ? `${share(remaining)} left` : 'used up',
            budgetColour(remaining),
          );
    }
  }
}

function budgetColour(remaining: number): string {
  if (remaining <= 0) {
    return bad;
  }
  return remaining < 0.25 ? warning : good;
}

// Rounded down: the last bit of a budget is not shown as none used.
function share(remaining: number): string {
  return `${Math.max(1, Math.floor(remaining * 100))}%`;
}

function draw(label: string, message: string, color: string): string {
  return makeBadge({ label, message, color });
}
