import { isRecord } from '../../contract/isRecord';
import { readYaml } from '../../contract/readYaml';
import type { Problem } from '../../contract';
import type { RuleChange } from './schema';

/**
 * A change of rules with where it was written.
 *
 * @public
 */
export interface WrittenRuleChange {
  /** As written, unchecked. */
  rules: unknown;
  /** As written, unchecked. */
  customRules: unknown;
  /** What comes before `.rules` and `.customRules` in messages: `ownership.drift.`, or nothing. */
  prefix: string;
  /** What is wrong with the text itself. */
  problems: Problem[];
  /** A message that begins with a path as a problem with path, line and column. */
  locate(message: string): Problem;
}

/**
 * Finds the rules in what somebody pasted: a whole app-config, what stands
 * below `ownership` or `drift` in one, or only `rules` and `customRules`.
 *
 * @public
 */
export function readRuleChange(change: RuleChange): WrittenRuleChange {
  const written = {
    rules: change.rules,
    customRules: change.customRules,
    prefix: '',
    problems: [],
    locate: problemOf,
  };
  if (change.text === undefined) {
    return written;
  }
  const { documents, errors } = readYaml({ text: change.text });
  const [document] = documents;
  if (errors.length > 0 || documents.length !== 1) {
    return {
      ...written,
      problems:
        errors.length > 0
          ? errors
          : [
              {
                path: '',
                message:
                  'has to be one YAML or JSON document with rules or customRules',
              },
            ],
    };
  }
  const found = findRules(document.value);
  return found
    ? {
        ...written,
        ...found,
        locate: message => document.locate(problemOf(message)),
      }
    : {
        ...written,
        problems: [
          {
            path: '',
            message:
              'has neither rules nor customRules: expected `rules: { <rule id>: … }`, `customRules: [ … ]`, or a whole app-config with ownership.drift',
            line: 1,
            column: 1,
          },
        ],
      };
}

function findRules(
  value: unknown,
): Pick<WrittenRuleChange, 'rules' | 'customRules' | 'prefix'> | undefined {
  let place: unknown = value;
  let prefix = '';
  for (const key of ['ownership', 'drift']) {
    if (isRecord(place) && Object.hasOwn(place, key)) {
      place = place[key];
      prefix = `${prefix}${key}.`;
    }
  }
  if (
    !isRecord(place) ||
    !['rules', 'customRules'].some(key => Object.hasOwn(place as object, key))
  ) {
    return undefined;
  }
  const { rules, customRules } = place;
  return {
    rules: rules ?? undefined,
    customRules: customRules ?? undefined,
    prefix,
  };
}

function problemOf(message: string): Problem {
  const [path] = /^[^\s:]+/.exec(message) ?? [''];
  return {
    path,
    message: message.slice(path.length).replace(/^:/, '').trim(),
  };
}
