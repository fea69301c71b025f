import {
  owningScopes,
  rollUp,
  type ConfiguredScorecard,
  type EvaluatedScorecard,
  type LevelTally,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { digestOf } from '../directory/organisationPart';
import { PerScan } from '../drift/PerScan';
import { breathe } from '../drift/scan/breathe';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from '../drift/ScanConsumer';
import { inSlices } from '../drift/store/inSlices';
import { refreshStatistics } from '../drift/store/refreshStatistics';
import { removeResults } from './removeResults';
import {
  EVERYTHING,
  forgetHistory,
  storeHistory,
  toDay,
} from './scorecardHistory';
import { SharedResults, type SharedResult } from './SharedResults';
import { storeResults } from './storeResults';

type Entry = Omit<LevelTally, 'entities'> & { ownerRefs: string[] };

/** Of one scorecard; results and owners each once, components by their indexes. */
interface HandedOver {
  id: string;
  results: SharedResult[];
  owners: string[][];
  components: Array<[entityRef: string, result: number, owners: number]>;
}

/** What a scan said of one scorecard. */
interface Fed {
  /** By component. */
  entries: Map<string, Entry>;
  /** Of the components that were judged in this scan. */
  judged: Array<{ entityRef: string; result: EvaluatedScorecard }>;
}

const AT_ONCE = 1000;

/**
 * Turns the outcomes of a scan into scorecard results and, at its end, into
 * the day's snapshot of every group and of the whole organisation.
 */
export class ScorecardConsumer implements ScanConsumer {
  readonly #knex: Knex;
  readonly #configured: readonly ConfiguredScorecard[];
  /** Those of the scan that runs, and of the next until the configuration changes. */
  #scorecards: readonly ConfiguredScorecard[] = [];
  #results: ReadonlyMap<string, SharedResults> = new Map();
  #version = '';
  /** By scorecard. */
  readonly #fed = new PerScan(() => new Map<string, Fed>());
  /** Of the last complete scan, by scorecard and component. */
  #last: ReadonlyMap<string, Fed['entries']> = new Map();

  constructor(options: {
    knex: Knex;
    /** The contents of the list may change between two scans. */
    scorecards: readonly ConfiguredScorecard[];
  }) {
    this.#knex = options.knex;
    this.#configured = options.scorecards;
    this.version();
  }

  version(): string {
    const isSame =
      this.#configured.length === this.#scorecards.length &&
      this.#configured.every((card, at) => card === this.#scorecards[at]);
    if (!isSame) {
      this.#scorecards = [...this.#configured];
      this.#version = digestOf(this.#scorecards);
      this.#results = new Map(
        this.#scorecards.map(scorecard => [
          scorecard.id,
          new SharedResults({ scorecard }),
        ]),
      );
    }
    return this.#version;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    const fed = this.#fed.of(scan);
    // One list of owners for all scorecards: there are thousands.
    const ownerRefs = batch.map(({ facts }) =>
      facts.owners.map(({ ref }) => ref),
    );
    await Promise.all(
      this.#scorecards.map(scorecard =>
        this.#accept(batch, ownerRefs, scorecard, of(fed, scorecard.id)),
      ),
    );
  }

  async #accept(
    batch: JudgedComponent[],
    ownerRefs: string[][],
    scorecard: ConfiguredScorecard,
    { entries, judged }: Fed,
  ): Promise<void> {
    const shared = this.#results.get(scorecard.id)!;
    for (const [index, component] of batch.entries()) {
      await breathe(index);
      const { facts } = component;
      if (!scorecard.applies(facts.entity)) {
        continue;
      }
      const { entityRef } = facts;
      const { result, tally } = shared.resultOf(component);
      judged.push({ entityRef, result });
      entries.set(entityRef, { ...tally, ownerRefs: ownerRefs[index] });
    }
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    const fed = this.#fed.of(scan);
    for (const { id } of this.#scorecards) {
      const last = this.#last.get(id);
      const { entries } = of(fed, id);
      for (const ref of entityRefs) {
        const entry = last?.get(ref);
        if (entry) {
          entries.set(ref, entry);
        }
      }
    }
  }

  handOver(scan: ScanProgress): HandedOver[] {
    const fed = this.#fed.take(scan);
    return this.#scorecards.map(({ id }) => {
      const { entries, judged } = of(fed, id);
      const results = new Map<EvaluatedScorecard, [number, SharedResult]>();
      const owners = new Map<string, [number, string[]]>();
      const components = judged.map(
        ({ entityRef, result }): HandedOver['components'][number] => {
          const { ownerRefs, ...tally } = entries.get(entityRef)!;
          const shared = results.get(result) ?? [
            results.size,
            { result, tally },
          ];
          results.set(result, shared);
          const key = ownerRefs.join(' ');
          const owned = owners.get(key) ?? [owners.size, ownerRefs];
          owners.set(key, owned);
          return [entityRef, shared[0], owned[0]];
        },
      );
      return {
        id,
        results: Array.from(results.values(), ([, result]) => result),
        owners: Array.from(owners.values(), ([, ownerRefs]) => ownerRefs),
        components,
      };
    });
  }

  takeOver(handedOver: HandedOver[], scan: ScanProgress): void {
    const fed = this.#fed.of(scan);
    for (const { id, results, owners, components } of handedOver) {
      const { judged, entries } = of(fed, id);
      for (const [entityRef, result, owned] of components) {
        judged.push({ entityRef, result: results[result].result });
        entries.set(entityRef, {
          ...results[result].tally,
          ownerRefs: owners[owned],
        });
      }
    }
  }

  async finish(scan: ScanProgress): Promise<void> {
    const fed = this.#fed.take(scan);
    await this.#store(fed, toDay(scan.now));
    await removeResults(this.#knex, {
      present: new Map(
        this.#scorecards.map(({ id }) => [id, of(fed, id).entries]),
      ),
      day: toDay(scan.now),
    });
    await forgetHistory(this.#knex, { now: scan.now });
    for (const scorecard of this.#scorecards) {
      await storeHistory(this.#knex, {
        scorecardId: scorecard.id,
        now: scan.now,
        figures: rollUp({
          scorecard,
          entities: await tallyByOwners(of(fed, scorecard.id).entries.values()),
          scopesOf: ({ ownerRefs }) => [
            EVERYTHING,
            ...owningScopes(ownerRefs, scan.directory),
          ],
        }),
      });
    }
    this.#last = new Map(Array.from(fed, ([id, { entries }]) => [id, entries]));
  }

  async #store(fed: Map<string, Fed>, day: string): Promise<void> {
    let written = 0;
    for (const scorecard of this.#scorecards) {
      for (const results of inSlices(of(fed, scorecard.id).judged, AT_ONCE)) {
        const stored = await storeResults(this.#knex, {
          ...{ scorecard, results, day },
        });
        written += stored.written;
      }
    }
    if (written > AT_ONCE) {
      await refreshStatistics({ knex: this.#knex });
    }
  }
}

/** What was fed of a scorecard so far, to add to. */
function of(fed: Map<string, Fed>, scorecardId: string): Fed {
  const known = fed.get(scorecardId) ?? { entries: new Map(), judged: [] };
  fed.set(scorecardId, known);
  return known;
}

/** What is owned alike and stands alike taken together: it belongs to the same scopes. */
async function tallyByOwners(
  entries: Iterable<Entry>,
): Promise<Array<LevelTally & { ownerRefs: string[] }>> {
  const tallies = new Map<string, LevelTally & { ownerRefs: string[] }>();
  let index = 0;
  for (const entry of entries) {
    await breathe(index++);
    const { bucket, ownerRefs, score, known, total } = entry;
    const key = `${bucket} ${ownerRefs.join(' ')}`;
    const tally = tallies.get(key);
    if (tally) {
      tally.entities += 1;
      tally.score += score;
      tally.known += known;
      tally.total += total;
    } else {
      tallies.set(key, {
        ...{ bucket, ownerRefs, score, known, total },
        entities: 1,
      });
    }
  }
  return [...tallies.values()];
}
