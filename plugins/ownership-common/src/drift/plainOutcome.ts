import { plainText } from './plainText';
import type { RuleOutcome } from './types';

/** Most observations one finding carries. */
const MAX_EVIDENCE = 50;

/**
 * An outcome whose words may be shown anywhere as text: entities are written
 * by anybody, and rules put names and values from them into sentences. Links
 * are web addresses or gone.
 *
 * @internal
 */
export function plainOutcome(outcome: RuleOutcome): RuleOutcome {
  switch (outcome.status) {
    case 'fail':
      return {
        ...outcome,
        message: plainText(outcome.message, { max: 300 }),
        remediation:
          outcome.remediation && plainText(outcome.remediation, { max: 600 }),
        evidence: outcome.evidence
          .slice(0, MAX_EVIDENCE)
          .map(({ label, value, source, url }) => ({
            label: plainText(label),
            value: plainText(value, { max: 500 }),
            source: plainText(source),
            ...(url && /^https?:\/\//i.test(url) && url.length <= 2000
              ? { url }
              : {}),
          })),
      };
    case 'unknown':
      return { ...outcome, reason: plainText(outcome.reason, { max: 300 }) };
    default:
      return outcome;
  }
}
