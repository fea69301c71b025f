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
    const known = placeholdersOf(context.parameters);
    const found = facts.owners.find(owner =>
      spellings(owner, facts).some(spelling => isPlaceholder(spelling, known)),
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

/** What the patterns of a configuration match, in lower case. */
interface Placeholders {
  /** Patterns without `*`. */
  words: ReadonlySet<string>;
  /** The others, by what stands between their `*`. */
  parts: string[][];
}

/** Made once a configuration: a scan asks of every component. */
const placeholders = new WeakMap<PlaceholderParameters, Placeholders>();

function placeholdersOf(parameters: PlaceholderParameters): Placeholders {
  let known = placeholders.get(parameters);
  if (!known) {
    const patterns = [
      ...parameters.patterns,
      ...parameters.additionalPatterns,
    ].map(pattern => pattern.toLocaleLowerCase('en-US'));
    known = {
      words: new Set(patterns.filter(pattern => !pattern.includes('*'))),
      parts: patterns
        .filter(pattern => pattern.includes('*'))
        .map(pattern => pattern.split(/\*+/)),
    };
    placeholders.set(parameters, known);
  }
  return known;
}

function isPlaceholder(spelling: string, { words, parts }: Placeholders) {
  const text = spelling.toLocaleLowerCase('en-US');
  return words.has(text) || parts.some(each => contains(text, each));
}

/**
 * Whether the parts stand in the text in their order, the first at its start and
 * the last at its end. The first place where a part fits leaves the most room
 * for the others, so none has to be tried twice, as an expression would.
 */
function contains(text: string, parts: readonly string[]): boolean {
  const last = parts.length - 1;
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const at =
      index === last ? text.length - part.length : text.indexOf(part, from);
    if (at < from || (index === 0 && at > 0) || !text.startsWith(part, at)) {
      return false;
    }
    from = at + part.length;
  }
  return true;
}

function spellings(owner: OwnerFact, facts: ComponentFacts): string[] {
  const name = owner.ref.slice(owner.ref.indexOf('/') + 1);
  // Whom an alias put in its place is judged, not the word it stands for.
  return facts.owners.length === 1 && facts.declaredOwner && !owner.writtenAs
    ? [owner.ref, name, facts.declaredOwner]
    : [owner.ref, name];
}
