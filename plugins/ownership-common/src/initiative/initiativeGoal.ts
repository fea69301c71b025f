import { ruleGoal } from '../scorecard/ruleGoal';
import type { Scorecard } from '../scorecard';
import type { InitiativeGoal } from './schema';

/**
 * A goal as the rules and scorecards of today resolve it.
 *
 * @public
 */
export interface ResolvedGoal {
  /**
   * Rules that must all pass. A level asks for the rules of the levels below
   * it too. One that is not evaluated is among them: nobody knows how it stands.
   */
  ruleIds: string[];
  /** Set for a level: only what this scorecard measures is in scope. */
  scorecardId?: string;
  /** The goal in words. */
  title: string;
  /** What is not as it should be, a sentence each; empty for a sound goal. */
  problems: string[];
}

/**
 * What a goal means under the rules and scorecards as they are configured
 * now. Never throws: a rule or level that has gone since is a problem that is
 * said, and nothing passes for want of it.
 *
 * @public
 */
export function resolveGoal(options: {
  goal: InitiativeGoal;
  /** Every rule there is, with its title and whether it is evaluated. */
  rules: ReadonlyMap<string, { title: string; enabled: boolean }>;
  scorecards: readonly Scorecard[];
}): ResolvedGoal {
  const { goal, rules, scorecards } = options;
  if ('ruleIds' in goal) {
    const ruleIds = [...new Set(goal.ruleIds)];
    const titles = ruleIds.map(
      id => ruleGoal(id) ?? rules.get(id)?.title ?? id,
    );
    return {
      ruleIds,
      title: titles.join(' · '),
      problems: ruleIds.flatMap(id => {
        const rule = rules.get(id);
        if (!rule) {
          return [
            `unknown rule "${id}"; there are ${[...rules.keys()].join(', ')}`,
          ];
        }
        return rule.enabled
          ? []
          : [`the rule "${id}" is switched off, so nobody knows how it stands`];
      }),
    };
  }

  const scorecard = scorecards.find(({ id }) => id === goal.scorecard);
  const gone = (what: string, accepted: string[]): ResolvedGoal => ({
    ruleIds: [],
    title: `Level ${goal.level} of ${scorecard?.title ?? goal.scorecard}`,
    problems: [
      `${what}; there ${
        accepted.length > 0 ? `are ${accepted.join(', ')}` : 'is none'
      }`,
    ],
  });
  if (!scorecard) {
    return gone(
      `unknown scorecard "${goal.scorecard}"`,
      scorecards.map(({ id }) => id),
    );
  }
  const at = scorecard.levels.findIndex(({ id }) => id === goal.level);
  if (at < 0) {
    return gone(
      `unknown level "${goal.level}" of scorecard "${goal.scorecard}"`,
      scorecard.levels.map(({ id }) => id),
    );
  }
  return {
    ruleIds: scorecard.levels.slice(0, at + 1).flatMap(level => level.rules),
    scorecardId: scorecard.id,
    title: `Level ${scorecard.levels[at].title} of ${scorecard.title}`,
    problems: [],
  };
}
