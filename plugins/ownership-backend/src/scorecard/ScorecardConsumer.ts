import {
  evaluateScorecard,
  levelBucket,
  owningScopes,
  rollUp,
  type ConfiguredScorecard,
  type LevelTally,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from '../drift/ScanConsumer';
import { removeResults } from './removeResults';
import { EVERYTHING, storeHistory } from './scorecardHistory';
import { storeResults } from './storeResults';

type Entry = Omit<LevelTally, 'entities'> & {
  entityRef: string;
  ownerRefs: string[];
};

/**
 * Turns the outcomes of a scan into scorecard results and, at its end, into
 * the day's snapshot of every group and of the whole organisation.
 */
export class ScorecardConsumer implements ScanConsumer {
  readonly #knex: Knex;
  readonly #scorecards: ConfiguredScorecard[];
  #scanId?: string;
  #entries = new Map<string, Entry[]>();

  constructor(options: { knex: Knex; scorecards: ConfiguredScorecard[] }) {
    this.#knex = options.knex;
    this.#scorecards = options.scorecards;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    for (const scorecard of this.#scorecards) {
      const results = batch
        .filter(({ facts }) => scorecard.applies(facts.entity))
        .map(({ facts, outcomes, waived }) => ({
          entityRef: facts.entityRef,
          ownerRefs: facts.owners.map(owner => owner.ref),
          result: evaluateScorecard({ scorecard, outcomes, waived }),
        }));
      const entries = this.#entries.get(scorecard.id) ?? [];
      for (const { entityRef, ownerRefs, result } of results) {
        entries.push({
          entityRef,
          ownerRefs,
          bucket: levelBucket(result),
          score: result.score,
          known: result.rules.filter(r => r.status !== 'unknown').length,
          total: result.rules.length,
        });
      }
      this.#entries.set(scorecard.id, entries);
      await storeResults(this.#knex, { scorecard, results });
    }
  }

  async finish(scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    await removeResults(this.#knex, {
      present: new Map(
        this.#scorecards.map(({ id }) => [
          id,
          new Set(this.#entries.get(id)?.map(entry => entry.entityRef)),
        ]),
      ),
    });
    for (const scorecard of this.#scorecards) {
      await storeHistory(this.#knex, {
        scorecardId: scorecard.id,
        now: scan.now,
        figures: rollUp({
          scorecard,
          entities: this.#entries.get(scorecard.id) ?? [],
          scopesOf: entry => [
            EVERYTHING,
            ...owningScopes(entry.ownerRefs, scan.directory),
          ],
        }),
      });
    }
    this.#forget();
  }

  // A scan that was cut short leaves its batches behind: forget them.
  #begin(scan: ScanProgress) {
    if (this.#scanId !== scan.scanId) {
      this.#forget();
      this.#scanId = scan.scanId;
    }
  }

  #forget() {
    this.#scanId = undefined;
    this.#entries = new Map();
  }
}
