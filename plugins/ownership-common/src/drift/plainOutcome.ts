import { plainText } from './plainText';
import { severities, severityRank } from './severityRank';
import type { RuleOutcome } from './types';

/** Most observations one finding carries. */
const MAX_EVIDENCE = 50;

/**
 * An outcome whose words may be shown anywhere as text: entities are written
 * by anybody, and rules put names and values from them into sentences. Links
 * are web addresses or gone.
 *
 * @throws TypeError for what is no outcome: rules come from modules too.
 *
 * @internal
 */
export function plainOutcome(outcome: RuleOutcome): RuleOutcome {
  checkOutcome(outcome);
  switch (outcome.status) {
    case 'fail':
      return {
        ...outcome,
        message: plainText(outcome.message, { max: 300 }),
        remediation:
          outcome.remediation && plainText(outcome.remediation, { max: 600 }),
        evidence: outcome.evidence
          .slice(0, MAX_EVIDENCE)
          .map(({ label, value, source, url, ref }) => ({
            label: plainText(label),
            value: plainText(value, { max: 500 }),
            source: plainText(source),
            ...(url && /^https?:\/\//i.test(url) && url.length <= 2000
              ? { url }
              : {}),
            ...(ref ? { ref: plainText(ref, { max: 300 }) } : {}),
          })),
      };
    case 'unknown':
      return { ...outcome, reason: plainText(outcome.reason, { max: 300 }) };
    default:
      return outcome;
  }
}

function checkOutcome(outcome: RuleOutcome): void {
  const { status, validUntil } = outcome;
  if (validUntil !== undefined && !(validUntil instanceof Date)) {
    throw new TypeError('its validUntil has to be a Date');
  }
  if (status === 'pass') {
    return;
  }
  if (status === 'unknown') {
    requireWords('reason', outcome.reason);
  } else if (status === 'fail') {
    requireWords('message', outcome.message);
    if (outcome.severity !== undefined && severityRank(outcome.severity) < 0) {
      throw new TypeError(
        `its severity has to be one of ${severities.join(', ')}`,
      );
    }
  } else {
    throw new TypeError(
      `its status has to be one of pass, fail, unknown, not ${plainText(
        status,
      )}`,
    );
  }
}

function requireWords(name: string, words: unknown): void {
  if (typeof words !== 'string' || words.trim() === '') {
    throw new TypeError(`its ${name} has to be a sentence`);
  }
}
