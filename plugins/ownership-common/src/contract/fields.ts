import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { hiddenCharacter } from './hiddenCharacter';
import { ISO_DURATION_PATTERN, isIsoDuration } from './isoDuration';
import { REF_PATTERN } from './refText';
import { isWebAddress } from './webAddress';

// The kinds of values a contract is made of. Checks are plain and small; the
// messages say what is accepted.

const DATE_PATTERN =
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
// What editors check; `isAcceptedLink` is stricter.
const LINK_PATTERN =
  '^(?:https?://|techdocs:|(?![A-Za-z][A-Za-z0-9+.-]*:)[^/\\\\\\s])';
const CLOCK_ZONE = /(?:Z|[+-]\d{2}:\d{2})$/;

function canonicalRef(value: string, defaultKind: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(value, { defaultKind }));
  } catch {
    return value;
  }
}

/**
 * A reference to an entity, given back as `kind:namespace/name` in lower case.
 * Without a kind it is of `defaultKind`, without a namespace in `default`.
 *
 * @internal
 */
export function refField(
  defaultKind: 'group' | 'user' | 'component' | 'api',
  description: string,
  example = `${defaultKind}:default/${
    { group: 'payments', user: 'ada', component: 'ledger', api: 'checkout' }[
      defaultKind
    ]
  }`,
) {
  return z
    .string()
    .min(1)
    .max(300)
    .regex(
      REF_PATTERN,
      `expected an entity reference such as \`${example}\` (kind:namespace/name)`,
    )
    .overwrite(value => canonicalRef(value, defaultKind))
    .meta({ description, examples: [example] });
}

function isoDate(value: string): string | undefined {
  if (!DATE_PATTERN.test(value)) {
    return undefined;
  }
  const day = value.slice(0, 10);
  // A day that does not exist is taken for one of the next month.
  if (new Date(`${day}T00:00:00Z`).getUTCDate() !== Number(day.slice(8))) {
    return undefined;
  }
  if (value.length === 10) {
    return day;
  }
  const moment = new Date(CLOCK_ZONE.test(value) ? value : `${value}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/**
 * A day as `YYYY-MM-DD`, or a moment as ISO 8601, given back as it is written.
 *
 * @internal
 */
export function zonedDateField(description: string, example = '2026-09-01') {
  return z
    .string()
    .max(40)
    .refine(value => isoDate(value) !== undefined, {
      error: `expected a date such as \`${example}\` or a moment such as \`${example}T09:30:00Z\``,
    })
    .meta({ description, examples: [example], pattern: DATE_PATTERN.source });
}

/**
 * A day as `YYYY-MM-DD`, or a moment, given back as ISO 8601 in UTC.
 *
 * @internal
 */
export function dateField(description: string, example = '2026-09-01') {
  return zonedDateField(description, example)
    .overwrite(value => isoDate(value) ?? value)
    .meta({ description, examples: [example], pattern: DATE_PATTERN.source });
}

/**
 * A length of time as an ISO 8601 duration.
 *
 * @internal
 */
export function durationField(description: string, example: string) {
  return z
    .string()
    .max(40)
    .refine(isIsoDuration, {
      error: `expected an ISO 8601 duration such as \`${example}\` (PT15M is 15 minutes, P90D is 90 days)`,
    })
    .meta({
      description,
      examples: [example],
      pattern: ISO_DURATION_PATTERN.source,
    });
}

/**
 * A web address (http or https), a page of TechDocs (`techdocs:`) or a path in
 * the same repository. Whether a path leaves the repository is checked when it
 * is read.
 *
 * @internal
 */
export function linkField(description: string, example: string) {
  return z
    .string()
    .min(1)
    .max(2000)
    .refine(isAcceptedLink, {
      error:
        'expected a web address (https://… or http://…, without a password), a TechDocs page (techdocs:…) or a path in the same repository (docs/rollback.md)',
    })
    .meta({ description, examples: [example], pattern: LINK_PATTERN });
}

function isAcceptedLink(value: string): boolean {
  if (/[\t\r\n<>"`\\]|^\s|\s$/.test(value) || hiddenCharacter(value)) {
    return false;
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1].toLowerCase();
  if (scheme === undefined) {
    return !value.startsWith('/');
  }
  return scheme === 'techdocs' || isWebAddress(value);
}

/**
 * Text that people wrote, at most `maximum` characters.
 *
 * @internal
 */
export function textField(
  description: string,
  example: string,
  maximum: number,
) {
  return z
    .string()
    .min(1)
    .max(maximum)
    .meta({ description, examples: [example] });
}
