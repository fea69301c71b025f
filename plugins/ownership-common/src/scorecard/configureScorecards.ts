import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import type { FilterPredicate } from '@backstage/filter-predicates';
import { z } from 'zod';
import { readPredicate } from '../drift/custom/readPredicate';
import { lastingComponents } from '../drift/rules/appliesTo';
import { defaultScorecards } from './defaultScorecards';
import { scorecardSchema } from './schema';
import type { Scorecard } from './schema';

/**
 * A scorecard with the entities it is about.
 *
 * @public
 */
export interface ConfiguredScorecard extends Scorecard {
  /** What it measures, as the filter predicate it was configured with. */
  appliesTo: FilterPredicate;
  /** Whether the scorecard measures this entity. */
  applies(entity: Entity): boolean;
}

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits, -')
  .refine(value => value !== 'none' && value !== 'unknown', {
    message: 'none and unknown are taken: they count entities without a level',
  });

const level = scorecardSchema.shape.levels.element
  .extend({ id, rules: z.array(z.string()).min(1) })
  .strict();

const switchedOff = z.object({ id, enabled: z.literal(false) });

const configuredCard = scorecardSchema
  .extend({
    id,
    levels: z.array(level).min(1),
    enabled: z.literal(true).optional(),
    appliesTo: z.unknown().optional(),
  })
  .strict();

/**
 * The scorecards of a portal: the default ones, replaced or switched off by
 * configured ones of the same id, and the configured ones beside them.
 *
 * Unless configured otherwise a scorecard is about components that run and are
 * there to stay. Of libraries, trials, systems or APIs too little is asked:
 * they would look mature for want of questions.
 *
 * Rules that are switched off are left out, and levels without a rule with
 * them: what nobody evaluates can hold nobody back.
 *
 * @param options - `config`: the value at `ownership.scorecards`. `rules`: the
 * rule catalogue
 * @throws InputError that names every problem with its path
 * @public
 */
export function configureScorecards(options: {
  config?: unknown;
  rules: Iterable<{ id: string; enabled?: boolean }>;
}): ConfiguredScorecard[] {
  const rules = new Map(
    Array.from(options.rules, rule => [rule.id, rule.enabled ?? true]),
  );
  const problems: string[] = [];
  const cards = new Map<string, ConfiguredScorecard>(
    defaultScorecards.map(card => [
      card.id,
      { ...card, ...predicateOf(card.id, undefined, problems) },
    ]),
  );

  const configured = options.config ?? [];
  if (!Array.isArray(configured)) {
    throw new InputError('ownership.scorecards: expected a list');
  }
  const seen = new Set<string>();
  configured.forEach((value, index) => {
    const path = `ownership.scorecards[${index}]`;
    const parsed = (isOff(value) ? switchedOff : configuredCard).safeParse(
      value,
    );
    if (!parsed.success) {
      problems.push(...describe(path, parsed.error));
      return;
    }
    const { enabled, ...card } = parsed.data;
    if (seen.has(card.id)) {
      problems.push(`${path}.id: "${card.id}" is there twice`);
    }
    seen.add(card.id);
    if ('levels' in card) {
      const { appliesTo, ...scorecard } = card;
      problems.push(...check(path, scorecard, rules));
      cards.set(card.id, {
        ...scorecard,
        ...predicateOf(path, appliesTo, problems),
      });
    } else {
      cards.delete(card.id);
    }
  });
  if (problems.length) {
    throw new InputError(`Invalid configuration: ${problems.join('; ')}`);
  }

  return [...cards.values()]
    .map(card => ({
      ...card,
      levels: card.levels
        .map(l => ({ ...l, rules: l.rules.filter(rule => rules.get(rule)) }))
        .filter(l => l.rules.length > 0),
    }))
    .filter(card => card.levels.length > 0);
}

function predicateOf(
  path: string,
  appliesTo: unknown,
  problems: string[],
): Pick<ConfiguredScorecard, 'appliesTo' | 'applies'> {
  const predicate =
    (appliesTo === undefined
      ? undefined
      : readPredicate({
          value: appliesTo,
          path: `${path}.appliesTo`,
          problems,
        })) ?? lastingComponents;
  return {
    appliesTo: predicate,
    applies: filterPredicateToFilterFunction(predicate),
  };
}

function isOff(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'enabled' in value &&
    value.enabled === false
  );
}

function describe(path: string, error: z.ZodError): string[] {
  return error.issues.map(issue => {
    const where = issue.path
      .map(part =>
        typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
      )
      .join('');
    return `${path}${where}: ${issue.message}`;
  });
}

function check(
  path: string,
  card: Scorecard,
  rules: ReadonlyMap<string, boolean>,
): string[] {
  const problems: string[] = [];
  const levels = new Set<string>();
  const asked = new Map<string, string>();
  card.levels.forEach((l, index) => {
    const levelPath = `${path}.levels[${index}]`;
    if (levels.has(l.id)) {
      problems.push(`${levelPath}.id: "${l.id}" is there twice`);
    }
    levels.add(l.id);
    l.rules.forEach((rule, ruleIndex) => {
      const rulePath = `${levelPath}.rules[${ruleIndex}]`;
      if (!rules.has(rule)) {
        problems.push(
          `${rulePath}: there is no rule "${rule}"; there are ${[
            ...rules.keys(),
          ].join(', ')}`,
        );
      } else if (asked.has(rule)) {
        problems.push(
          `${rulePath}: "${rule}" is asked at level ${asked.get(rule)} already`,
        );
      }
      asked.set(rule, l.id);
    });
  });
  return problems;
}
