import type { Knex } from 'knex';
import type { ComponentDocument } from '../ComponentDocument';
import type { StoredComponent } from '../store/readStoredComponents';
import { writeComponents } from '../store/writeComponents';
import { rememberFormerOwners } from '../suggestions/rememberFormerOwners';
import { changedRows } from './changedRows';
import { contractChanges } from './contractChanges';
import { describeComponent } from './describeComponent';
import type { Judgement, JudgementContext } from './judgeComponents';
import { movesOwners } from './movesOwners';
import { readReplaced } from './readReplaced';

/** What is different of the rows of some components. */
type RowPlan = Awaited<ReturnType<typeof changedRows>>;

/**
 * The rows of judged components: what of them is not as it is stored, and
 * what follows for others from writing it.
 */
export class ComponentRows {
  readonly #knex: Knex;
  readonly #context: JudgementContext;
  #ownersMoved = false;

  constructor(options: { knex: Knex; context: JudgementContext }) {
    this.#knex = options.knex;
    this.#context = options.context;
  }

  /** Whether anything that owner suggestions are made of is another one, or may be. */
  get ownersMoved(): boolean {
    return this.#ownersMoved;
  }

  /** Takes note of components of which nobody here knows whose they are now. */
  lostSight(): void {
    this.#ownersMoved = true;
  }

  /** @param options - `suggest`: who could take over an orphan */
  async plan(options: {
    judgements: readonly Judgement[];
    stored: ReadonlyMap<string, StoredComponent>;
    suggest?: (judgement: Judgement) => ComponentDocument['suggestedOwners'];
  }): Promise<RowPlan> {
    const { judgements, stored, suggest } = options;
    const { now, organisation, requirements } = this.#context;
    return changedRows({
      ...{ judgements, stored, now },
      describe: judgement =>
        describeComponent({
          ...{ organisation, requirements },
          facts: judgement.facts,
          verdict: judgement.evaluation,
          suggestedOwners: suggest?.(judgement),
        }),
    });
  }

  /** What is told of contracts; to be called before the rows are written. */
  async contractChanges({ rows, added }: RowPlan) {
    const replaced = await readReplaced({ knex: this.#knex, rows, added });
    if (!this.#ownersMoved && (await movesOwners({ rows, replaced }))) {
      this.#ownersMoved = true;
    }
    const at = this.#context.now.toISOString();
    return contractChanges({ rows, replaced, at });
  }

  async write(tx: Knex, { rows, added, moved }: RowPlan): Promise<void> {
    await rememberFormerOwners({
      knex: tx,
      entityRefs: moved
        .filter(({ state }) => state === 'orphaned')
        .map(({ entityRef }) => entityRef),
      until: this.#context.now.toISOString(),
    });
    await writeComponents({ knex: tx, components: rows, added });
  }
}
