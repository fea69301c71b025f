import type { ComponentFacts, DriftRule, OwnerFact } from '../types';
import { nobodyAnswers } from './ownerCondition';
import {
  asWritten,
  nameAnOwner,
  OWNER_EXAMPLE,
  ownerEvidence,
} from './ownerEvidence';

interface PlaceholderParameters {
  patterns: string[];
  additionalPatterns: string[];
}

/**
 * The owner is a word that stands where an owner should.
 *
 * @internal
 */
export const placeholderRule: DriftRule<PlaceholderParameters> = {
  id: 'owner-placeholder',
  title: 'The owner is a placeholder',
  why: 'A placeholder looks like an owner in every list and is nobody. It hides that the question is still open.',
  fix: 'Replace the placeholder in `spec.owner` by the team that answers for the component.',
  severity: 'high',
  orphans: true,
  defaults: {
    /** Names and refs with `*` for any letters, in any case. */
    patterns: [
      'guest',
      'guests',
      'unknown',
      'unowned',
      'unassigned',
      'unspecified',
      'unmaintained',
      '*-unknown',
      '*-unassigned',
      '*-unmaintained',
      'no-owner',
      'none',
      'nobody',
      'null',
      'undefined',
      'n/a',
      'todo',
      'tbd',
      'tba',
      'fixme',
      'changeme',
      'change-me',
      'placeholder',
      'owner',
      'dummy',
      'your-team',
      'john.doe',
      'john-doe',
      'jane.doe',
      'jane-doe',
      'parking-lot',
      '*@example.com',
      '*@example.org',
      '*{{*}}*',
    ],
    /** Patterns beside those of `patterns`, for example a parking-lot group. */
    additionalPatterns: [] as string[],
  },
  example: OWNER_EXAMPLE,
  evaluate(facts, context) {
    const placeholder = placeholderExpression(context.parameters);
    const found = facts.owners.find(owner =>
      spellings(owner, facts).some(spelling => placeholder.test(spelling)),
    );
    if (!found) {
      return { status: 'pass' };
    }
    const orphans = nobodyAnswers(facts, context);
    return {
      status: 'fail',
      message: `${asWritten(found, facts)} is a placeholder, not a team`,
      evidence: ownerEvidence(facts),
      remediation: nameAnOwner(facts, 'the team that answers for it'),
      severity: orphans ? 'critical' : undefined,
      orphans,
    };
  },
};

/** One expression a configuration: a scan asks it of every component. */
const expressions = new WeakMap<PlaceholderParameters, RegExp>();

function placeholderExpression(parameters: PlaceholderParameters): RegExp {
  let expression = expressions.get(parameters);
  if (!expression) {
    const alternatives = [
      ...parameters.patterns,
      ...parameters.additionalPatterns,
    ].map(pattern =>
      pattern
        .split(/\*+/)
        .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*'),
    );
    // Without any pattern nothing is a placeholder; `(?!)` matches nothing.
    expression = new RegExp(
      alternatives.length > 0 ? `^(?:${alternatives.join('|')})$` : '(?!)',
      'i',
    );
    expressions.set(parameters, expression);
  }
  return expression;
}

function spellings(owner: OwnerFact, facts: ComponentFacts): string[] {
  const name = owner.ref.slice(owner.ref.indexOf('/') + 1);
  // Whom an alias put in its place is judged, not the word it stands for.
  return facts.owners.length === 1 && facts.declaredOwner && !owner.writtenAs
    ? [owner.ref, name, facts.declaredOwner]
    : [owner.ref, name];
}
