import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { closestWord } from '../../contract/closestWord';
import { isRecord } from '../../contract/isRecord';
import { isWebAddress } from '../../contract/webAddress';
import type { Evidence, Severity } from '../schema';
import { severities } from '../severityRank';
import type { DriftRule } from '../types';
import { RuleConfigurationError } from './RuleConfigurationError';
import { readPredicate } from './readPredicate';
import { readTemplate, type Template } from './readTemplate';
import { readPathsOf, valueAt } from './valueAt';

const SETTINGS = [
  'id',
  'title',
  'why',
  'fix',
  'severity',
  'appliesTo',
  'failsWhen',
  'passesWhen',
  'message',
  'remediation',
  'docs',
  'example',
];
const MAX_RULES = 200;
const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/**
 * Makes rules of what a platform team wrote in its configuration: a filter
 * predicate over the entity decides, a sentence with places for its values says
 * what is wrong. They are rules like any other, asked once an owner is there.
 *
 * @param options - `rules`: the list as written, see `ownership.drift.customRules`
 *   in the configuration. `taken`: ids that other rules have. `path`: where the
 *   list stands, for messages.
 * @throws RuleConfigurationError that lists everything that is wrong, each with its place
 *   in the configuration and what is accepted there.
 *
 * @public
 */
export function readCustomRules(options: {
  rules: unknown;
  taken: readonly string[];
  path?: string;
}): DriftRule[] {
  const { rules = [], path = 'ownership.drift.customRules' } = options;
  const problems: string[] = [];
  const read: DriftRule[] = [];
  if (!Array.isArray(rules) || rules.length > MAX_RULES) {
    problems.push(`${path} must be a list of at most ${MAX_RULES} rules`);
  } else {
    const taken = new Map(options.taken.map(id => [id, 'another rule']));
    rules.forEach((written, index) => {
      const place = `${path}[${index}]`;
      const rule = readRule({ written, path: place, problems });
      const id = isRecord(written) ? written.id : undefined;
      if (typeof id === 'string') {
        const holder = taken.get(id);
        if (holder) {
          problems.push(`${place}.id: ${id} is the id of ${holder} already`);
        }
        taken.set(id, holder ?? place);
      }
      if (rule) {
        read.push(rule);
      }
    });
  }
  if (problems.length > 0) {
    throw new RuleConfigurationError(problems);
  }
  return read;
}

function readRule(options: {
  written: unknown;
  path: string;
  problems: string[];
}): DriftRule | undefined {
  const { written, path, problems } = options;
  if (!isRecord(written)) {
    problems.push(
      `${path} must be an object with id, title, severity, failsWhen or passesWhen, and message`,
    );
    return undefined;
  }
  const before = problems.length;
  for (const key of Object.keys(written)) {
    if (!SETTINGS.includes(key)) {
      const closest = closestWord({ word: key, accepted: SETTINGS });
      problems.push(
        `${path}.${key} is not a setting; ${
          closest
            ? `did you mean ${closest}?`
            : `accepted are ${SETTINGS.join(', ')}`
        }`,
      );
    }
  }
  const { id, severity, docs } = written;
  if (typeof id !== 'string' || !ID.test(id) || id.length > 60) {
    problems.push(
      `${path}.id must be lower-case words with hyphens, at most 60 characters, such as pager-missing`,
    );
  }
  const text = (key: string, max: number, isOptional: boolean) => {
    const value = written[key];
    if (value === undefined && isOptional) {
      return undefined;
    }
    if (typeof value === 'string' && value.trim() && value.length <= max) {
      return value.trim();
    }
    problems.push(`${path}.${key} must be a text of 1 to ${max} characters`);
    return undefined;
  };
  const title = text('title', 120, false);
  const why = text('why', 1000, true);
  const fix = text('fix', 1000, true);
  const example = text('example', 5000, true);
  if (!severities.includes(severity as Severity)) {
    problems.push(`${path}.severity must be one of ${severities.join(', ')}`);
  }
  if (docs !== undefined && (typeof docs !== 'string' || !isWebAddress(docs))) {
    problems.push(`${path}.docs must be a web address, https://…`);
  }
  const appliesTo =
    written.appliesTo === undefined
      ? undefined
      : readPredicate({
          value: written.appliesTo,
          path: `${path}.appliesTo`,
          problems,
        });
  const decision = readDecision({ written, path, problems });
  const message = readTemplate({
    value: written.message,
    path: `${path}.message`,
    problems,
  });
  const remediation =
    written.remediation === undefined
      ? undefined
      : readTemplate({
          value: written.remediation,
          path: `${path}.remediation`,
          problems,
        });
  if (problems.length > before || !decision || !message) {
    return undefined;
  }
  return {
    id: id as string,
    title: title!,
    why: why ?? 'The platform team asks for it.',
    fix: fix ?? `Change the entity until this no longer holds: ${title}.`,
    severity: severity as Severity,
    needsOwner: true,
    origin: 'configuration',
    appliesTo,
    example,
    docsUrl: docs as string | undefined,
    reads: readPathsOf([
      decision.predicate,
      Object.fromEntries(
        [message, remediation]
          .flatMap(template => template?.fields ?? [])
          .map(field => [field, true]),
      ),
    ]),
    evaluate: ({ entity }) =>
      decision.fails(entity)
        ? {
            status: 'fail',
            message: message.render(entity),
            remediation: remediation?.render(entity),
            evidence: evidenceOf({ entity, fields: decision.fields, message }),
          }
        : { status: 'pass' },
  };
}

function readDecision(options: {
  written: Record<string, unknown>;
  path: string;
  problems: string[];
}) {
  const { written, path, problems } = options;
  const { failsWhen, passesWhen } = written;
  if ((failsWhen === undefined) === (passesWhen === undefined)) {
    problems.push(`${path} must have either failsWhen or passesWhen`);
    return undefined;
  }
  const key = failsWhen === undefined ? 'passesWhen' : 'failsWhen';
  const predicate = readPredicate({
    value: written[key],
    path: `${path}.${key}`,
    problems,
  });
  if (!predicate) {
    return undefined;
  }
  const holds = filterPredicateToFilterFunction(predicate);
  return {
    predicate,
    fields: fieldsOf(predicate),
    fails: (entity: unknown) =>
      holds(entity as never) === (key === 'failsWhen'),
  };
}

/** What the predicate looked at is what people want to see. */
function evidenceOf(options: {
  entity: object;
  fields: string[];
  message: Template;
}): Evidence[] {
  const { entity, fields, message } = options;
  return [...new Set([...fields, ...message.fields])]
    .filter(field => !['kind', 'metadata.name'].includes(field))
    .slice(0, 10)
    .map(field => ({
      label: field,
      value: wordsOf(valueAt(entity, field)),
      source: 'catalog',
    }));
}

function wordsOf(value: unknown): string {
  if (value === undefined) {
    return 'none';
  }
  return typeof value === 'string'
    ? value
    : JSON.stringify(value).slice(0, 500);
}

/** The fields of the entity itself, not those of items of its lists. */
function fieldsOf(predicate: unknown): string[] {
  if (Array.isArray(predicate)) {
    return predicate.flatMap(fieldsOf);
  }
  if (!isRecord(predicate)) {
    return [];
  }
  return Object.entries(predicate).flatMap(([key, value]) =>
    key.startsWith('$') ? fieldsOf(value) : [key],
  );
}
