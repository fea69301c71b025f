import type {
  RuleFlip,
  WeeklyDigest,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';

/**
 * A part of a digest in words. Plain text: whoever writes it as Markdown or
 * HTML escapes it.
 */
export interface DigestSection {
  title: string;
  lines: Array<{
    /** What it is about. */
    subject: string;
    text: string;
    /** Path in the portal. */
    path?: string;
  }>;
  /** How many more there are than lines. */
  more: number;
}

const FLIPS: Record<RuleFlip['to'], string> = {
  pass: 'passes now',
  fail: 'fails now',
  unknown: 'is unknown now',
  waived: 'is waived now',
  'not-asked': 'is no longer asked',
};

/** What it is about and when: "Payments: week to 21 November 2026". */
export function digestTitle(digest: WeeklyDigest): string {
  const day = DateTime.fromISO(digest.to, { zone: 'utc' }).toLocaleString(
    DateTime.DATE_FULL,
    { locale: 'en-GB' },
  );
  return `${digest.team?.title ?? 'Whole organisation'}: the week to ${day}`;
}

/** How everything stands, in a sentence or two. */
export function digestLead(digest: WeeklyDigest): string {
  const { owned, orphaned, atRisk, hidden } = digest;
  const moved = ({ value, previous }: WeeklyDigest['owned']) =>
    previous === undefined || previous === value
      ? ''
      : ` (${previous} a week ago)`;
  return [
    `${owned.value} of ${count(digest.components, 'component')} ${
      owned.value === 1 ? 'has' : 'have'
    } an owner who answers for ${owned.value === 1 ? 'it' : 'them'}${moved(
      owned,
    )}; ${atRisk.value} at risk${moved(atRisk)}, ${
      orphaned.value
    } orphaned${moved(orphaned)}.`,
    ...(hidden > 0
      ? [`${count(hidden, 'component')} you may not see left out.`]
      : []),
  ].join(' ');
}

/** Everything there is to tell, worst first; parts with nothing to tell are left out. */
export function digestSections(digest: WeeklyDigest): DigestSection[] {
  const { budgets, findings, reviews, initiatives } = digest;
  const date = (iso: string) =>
    DateTime.fromISO(iso, { zone: 'utc' }).toLocaleString(DateTime.DATE_MED, {
      locale: 'en-GB',
    });
  const sections: DigestSection[] = [
    levelSection(digest, 'down', 'Went down'),
    {
      title: `${count(findings.opened.count, 'new finding')}`,
      lines: findings.opened.items.map(item => ({
        subject: item.entityTitle,
        text: `${item.severity}: ${item.message}`,
        path: `/ownership/drift?finding=${encodeURIComponent(item.id)}`,
      })),
      more: findings.opened.count - findings.opened.items.length,
    },
    {
      title:
        budgets.exhausted > 0
          ? `${count(budgets.exhausted, 'error budget')} spent`
          : 'Error budgets below a half',
      lines: budgets.worst.map(item => ({
        subject: `${item.entityTitle} · ${item.slo}`,
        text:
          item.remaining <= 0
            ? `all of it spent, ${percent(-item.remaining)} over`
            : `${percent(item.remaining)} left`,
        path: entityPath(item.entityRef),
      })),
      more: Math.max(0, budgets.exhausted - budgets.worst.length),
    },
    {
      title: 'Initiatives behind',
      lines: initiatives.map(item => ({
        subject: item.title,
        text: `${count(item.missing, 'component')} to go, ${
          item.pace === 'overdue' ? 'was due' : 'due'
        } ${date(item.dueAt)}`,
        path: `/ownership/initiatives/${encodeURIComponent(item.id)}`,
      })),
      more: 0,
    },
    incidentSection(digest),
    {
      title: `${count(reviews.count, 'contract review')} due within a week`,
      lines: reviews.items.map(item => ({
        subject: item.entityTitle,
        text: `${item.dueAt < digest.to ? 'overdue since' : 'due'} ${date(
          item.dueAt,
        )}`,
        path: entityPath(item.entityRef),
      })),
      more: reviews.count - reviews.items.length,
    },
    levelSection(digest, 'up', 'Went up'),
    {
      title: `${count(findings.closed.count, 'finding')} closed`,
      lines: findings.closed.items.map(item => ({
        subject: item.entityTitle,
        text: item.message,
        path: entityPath(item.entityRef),
      })),
      more: findings.closed.count - findings.closed.items.length,
    },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

function levelSection(
  { levels }: WeeklyDigest,
  move: 'up' | 'down',
  title: string,
): DigestSection {
  const { count: all, items } = levels?.entities[move] ?? {
    count: 0,
    items: [],
  };
  const levelOf = (id: string) => levels?.scorecard.levels[id] ?? 'no level';
  return {
    title: `${title} on “${levels?.scorecard.title}”`,
    lines: items.map(item => {
      const reasons = item.reasons
        .slice(0, 2)
        .map(({ title: rule, to }) => `“${rule}” ${FLIPS[to]}`);
      const standing =
        item.from === item.to
          ? `${percent(item.toScore)}, was ${percent(item.fromScore)}`
          : `${levelOf(item.to)}, was ${levelOf(item.from)}`;
      return {
        subject: item.entityTitle ?? item.entityRef,
        text: `${standing}: ${
          reasons.join('; ') || 'the scorecard was changed'
        }`,
        path: entityPath(item.entityRef),
      };
    }),
    more: all - items.length,
  };
}

function incidentSection({ measures }: WeeklyDigest): DigestSection {
  const lines = [];
  if (measures && (measures.incidents > 0 || measures.openIncidents > 0)) {
    lines.push({
      subject: 'Incidents',
      text: `${measures.incidents} in the week, ${measures.openIncidents} open`,
    });
  }
  if (measures && measures.failures > 0) {
    lines.push({
      subject: 'Deployments',
      text: `${measures.failures} of ${measures.deployments} led to an incident or a rollback`,
    });
  }
  return { title: 'Incidents and changes', lines, more: 0 };
}

function entityPath(ref: string): string {
  const [kind, rest] = ref.split(':');
  const [namespace, name] = rest.split('/');
  return `/catalog/${[namespace, kind, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
