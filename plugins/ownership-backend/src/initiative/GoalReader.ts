import {
  resolveGoal,
  type InitiativeGoal,
  type ResolvedGoal,
  type RuleDescription,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * What goals mean under the rules and scorecards of this moment.
 */
export class GoalReader {
  readonly #rules: () => ReadonlyMap<string, RuleDescription>;
  readonly #scorecards: () => readonly Scorecard[];

  constructor(options: {
    rules(): ReadonlyMap<string, RuleDescription>;
    /** Asked each time: the configuration may change. */
    scorecards(): readonly Scorecard[];
  }) {
    this.#rules = options.rules;
    this.#scorecards = options.scorecards;
  }

  /** Never throws: what is not there is a problem of the goal. */
  read(goal: InitiativeGoal): ResolvedGoal {
    return resolveGoal({
      goal,
      rules: this.#rules(),
      scorecards: this.#scorecards(),
    });
  }
}
