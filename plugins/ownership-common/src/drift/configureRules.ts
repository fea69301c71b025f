import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { closestWord } from '../contract/closestWord';
import { isRecord } from '../contract/isRecord';
import { RuleConfigurationError } from './custom/RuleConfigurationError';
import { readPredicate } from './custom/readPredicate';
import type { Severity } from './schema';
import { severities } from './severityRank';
import type { ConfiguredRule, DriftRule } from './types';

const SETTINGS = ['enabled', 'severity', 'parameters', 'appliesTo'];

/**
 * Brings rules and configuration together.
 *
 * @param options - `rules`: in the order in which they are evaluated, ids
 *   unique. `settings`: by rule id `true` or `false` (off) or an object with any of
 *   `enabled`, `severity`, `parameters` and `appliesTo`, a Backstage filter
 *   predicate over entities. `path`: where the settings stand, for messages.
 * @throws RuleConfigurationError that lists everything that is wrong, each with its place
 *   in the configuration and what is accepted there.
 *
 * @public
 */
export function configureRules(options: {
  rules: readonly DriftRule[];
  settings?: unknown;
  path?: string;
}): ConfiguredRule[] {
  const { rules, settings = {}, path = 'ownership.drift.rules' } = options;
  const ids = rules.map(({ id }) => id);
  const problems: string[] = [];

  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length > 0) {
    problems.push(`two rules have the id ${repeated.join(', ')}`);
  }
  // Modules bring rules that no compiler may have seen.
  for (const { id, severity } of rules) {
    if (!severities.includes(severity)) {
      problems.push(
        `the rule ${id} has the severity ${severity}; accepted are ${severities.join(
          ', ',
        )}`,
      );
    }
  }
  if (!isRecord(settings)) {
    problems.push(`${path} must be an object with rule ids as keys`);
  } else {
    for (const id of Object.keys(settings)) {
      if (!ids.includes(id)) {
        problems.push(`${path}.${id} is no rule${didYouMean(id, ids)}`);
      }
    }
  }
  const configured = rules.map(rule =>
    configureRule({
      rule,
      setting:
        isRecord(settings) && Object.hasOwn(settings, rule.id)
          ? settings[rule.id]
          : undefined,
      path: `${path}.${rule.id}`,
      problems,
    }),
  );
  if (problems.length > 0) {
    throw new RuleConfigurationError(problems);
  }
  return configured;
}

function configureRule(options: {
  rule: DriftRule;
  setting: unknown;
  path: string;
  problems: string[];
}): ConfiguredRule {
  const { rule, setting = {}, path, problems } = options;
  const settings =
    typeof setting === 'boolean' ? { enabled: setting } : setting;
  if (!isRecord(settings)) {
    problems.push(
      `${path} must be true, false or an object with ${SETTINGS.join(', ')}`,
    );
    return configureRule({ rule, setting: {}, path, problems });
  }
  for (const key of Object.keys(settings)) {
    if (!SETTINGS.includes(key)) {
      problems.push(
        `${path}.${key} is not a setting${didYouMean(key, SETTINGS)}`,
      );
    }
  }

  const { enabled = rule.enabledByDefault ?? true, severity } = settings;
  if (typeof enabled !== 'boolean') {
    problems.push(`${path}.enabled must be true or false`);
  }
  if (severity !== undefined && !severities.includes(severity as Severity)) {
    problems.push(`${path}.severity must be one of ${severities.join(', ')}`);
  }
  const appliesTo =
    settings.appliesTo === undefined
      ? rule.appliesTo
      : readPredicate({
          value: settings.appliesTo,
          path: `${path}.appliesTo`,
          problems,
        });
  return {
    ...rule,
    enabled: enabled === true,
    severity: (severity as Severity | undefined) ?? rule.severity,
    severityConfigured: severity !== undefined,
    parameters: readParameters({ rule, settings, path, problems }),
    appliesTo,
    applies: appliesTo
      ? filterPredicateToFilterFunction(appliesTo)
      : () => true,
  };
}

function readParameters(options: {
  rule: DriftRule;
  settings: Record<string, unknown>;
  path: string;
  problems: string[];
}): Record<string, unknown> {
  const { rule, settings, path, problems } = options;
  const defaults: Record<string, unknown> = rule.defaults ?? {};
  const given = settings.parameters ?? {};
  if (!isRecord(given)) {
    problems.push(`${path}.parameters must be an object`);
    return defaults;
  }
  for (const [key, value] of Object.entries(given)) {
    const place = `${path}.parameters.${key}`;
    if (!Object.hasOwn(defaults, key)) {
      problems.push(
        `${place} is not a parameter of this rule${didYouMean(
          key,
          Object.keys(defaults),
        )}`,
      );
    } else if (shape(value) !== shape(defaults[key])) {
      problems.push(
        `${place} must be ${shape(defaults[key])}, such as ${JSON.stringify(
          defaults[key],
        )}`,
      );
    } else {
      // Only texts, and lists of them, have values to choose from.
      const values = [value].flat() as string[];
      const accepted = rule.accepts?.[key] ?? values;
      const wrong = values.find(each => !accepted.includes(each));
      if (wrong !== undefined) {
        problems.push(`${place} has "${wrong}"${didYouMean(wrong, accepted)}`);
      }
    }
  }
  return { ...defaults, ...given };
}

function shape(value: unknown): string {
  if (Array.isArray(value)) {
    return value.every(item => typeof item === 'string')
      ? 'a list of strings'
      : 'a list';
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0
      ? 'a number of 0 or more'
      : 'a number';
  }
  return `a ${typeof value}`;
}

function didYouMean(word: string, words: readonly string[]): string {
  const closest = closestWord({ word, accepted: words });
  const accepted = words.length > 0 ? words.join(', ') : 'none';
  return closest ? `; did you mean ${closest}?` : `; accepted are ${accepted}`;
}
