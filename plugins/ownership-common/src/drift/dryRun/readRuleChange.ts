import { isRecord } from '../../contract/isRecord';
import { readYaml } from '../../contract/readYaml';
import type { Problem } from '../../contract';
import type { RuleChange } from './schema';

/**
 * A change of rules with where it was written. What is not written at all is
 * `undefined`; of a whole app-config nothing is, for it says all there is.
 *
 * @public
 */
export interface WrittenRuleChange {
  /** As written, unchecked. */
  rules: unknown;
  /** As written, unchecked. */
  customRules: unknown;
  /** What tiers ask for; as written, unchecked. */
  tiers: unknown;
  /** What comes before `.rules` and `.customRules` in messages: `ownership.drift.`, or nothing. */
  prefix: string;
  /** What names the tiers in messages: `ownership.tiers`, or `tiers`. */
  tiersPath: string;
  /** What is wrong with the text itself. */
  problems: Problem[];
  /** A message that begins with a path as a problem with path, line and column. */
  locate(message: string): Problem;
}

/**
 * Finds the rules in what somebody pasted: a whole app-config, what stands
 * below `ownership` or `drift` in one, or only `rules`, `customRules` and
 * `tiers`.
 *
 * @public
 */
export function readRuleChange(change: RuleChange): WrittenRuleChange {
  const written = {
    rules: change.rules,
    customRules: change.customRules,
    tiers: change.tiers,
    prefix: '',
    tiersPath: 'tiers',
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
                  'has to be one YAML or JSON document with rules, customRules or tiers',
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
              'has neither rules nor customRules nor tiers: expected `rules: { <rule id>: … }`, `customRules: [ … ]`, `tiers: { tier-1: … }`, or a whole app-config with ownership.drift or ownership.tiers',
            line: 1,
            column: 1,
          },
        ],
      };
}

function findRules(
  value: unknown,
): Omit<WrittenRuleChange, 'problems' | 'locate'> | undefined {
  const whole = below(value, 'ownership');
  const ownership = whole ?? value;
  const above = whole ? 'ownership.' : '';
  const inDrift = below(ownership, 'drift');
  const drift = inDrift ?? ownership;
  const rules = below(drift, 'rules');
  const customRules = below(drift, 'customRules');
  const tiers = below(ownership, 'tiers');
  if ([rules, customRules, tiers].every(part => part === undefined)) {
    return undefined;
  }
  return {
    rules: rules ?? (whole && {}),
    customRules: customRules ?? (whole && []),
    tiers: tiers ?? (whole && {}),
    prefix: `${above}${inDrift ? 'drift.' : ''}`,
    tiersPath: `${above}tiers`,
  };
}

function below(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function problemOf(message: string): Problem {
  const [path] = /^(?:\["(?:[^"\\]|\\.)*"\]|[^\s:])+/.exec(message) ?? [''];
  return {
    path,
    message: message.slice(path.length).replace(/^:/, '').trim(),
  };
}
