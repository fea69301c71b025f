import type {
  ComponentFacts,
  Directory,
  Person,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import { columnText } from '../drift/store/columnText';
import { inSlices } from '../drift/store/inSlices';
import { insertRows } from '../drift/store/insertRows';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from '../drift/ScanConsumer';
import { toPerson } from './OnCallPerson';

/** Most people shown of a group that is on call as a whole. */
const MAX_PEOPLE = 50;

interface RotationRow {
  entity_ref: string;
  provider: string;
  ref: string;
  people: string | null;
}

/**
 * Notes the on-call rotation of every component, so that the providers can be
 * asked for all of them at once and no page has to wait for one. For the
 * provider `static` it also notes who the participants are.
 */
export class OnCallConsumer implements ScanConsumer {
  readonly #knex: Knex;
  #scanId?: string;
  /** What is noted of these stands. */
  #kept = new Set<string>();
  #rows = new Map<string, RotationRow>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    for (const { facts } of batch) {
      const row = rotationOf(facts, scan.directory);
      if (row) {
        this.#rows.set(facts.entityRef, row);
      }
    }
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    this.#begin(scan);
    entityRefs.forEach(ref => this.#kept.add(ref));
  }

  handOver(scan: ScanProgress): RotationRow[] {
    this.#begin(scan);
    const rows = [...this.#rows.values()];
    this.#forget();
    return rows;
  }

  takeOver(rows: RotationRow[], scan: ScanProgress): void {
    this.#begin(scan);
    rows.forEach(row => this.#rows.set(row.entity_ref, row));
  }

  async finish(scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    const stored = new Map(
      (await this.#knex<RotationRow>('on_call_rotations')).map(
        row => [row.entity_ref, row] as const,
      ),
    );
    await this.#remove(
      [...stored.keys()].filter(
        ref => !this.#kept.has(ref) && !this.#rows.has(ref),
      ),
    );
    const changed = [...this.#rows.values()].filter(row => {
      const before = stored.get(row.entity_ref);
      return (
        before?.provider !== row.provider ||
        before.ref !== row.ref ||
        before.people !== row.people
      );
    });
    for (const slice of inSlices(changed)) {
      await insertRows(this.#knex, 'on_call_rotations', slice)
        .onConflict('entity_ref')
        .merge(Object.keys(slice[0]));
    }
    this.#forget();
  }

  #begin({ scanId }: ScanProgress) {
    if (this.#scanId !== scanId) {
      this.#forget();
      this.#scanId = scanId;
    }
  }

  #forget() {
    this.#scanId = undefined;
    this.#kept = new Set();
    this.#rows = new Map();
  }

  async #remove(entityRefs: string[]): Promise<void> {
    if (entityRefs.length) {
      const query = this.#knex('on_call_rotations');
      whereIn(query, 'entity_ref', entityRefs);
      await query.delete();
    }
  }
}

function rotationOf(
  facts: ComponentFacts,
  directory: Directory,
): RotationRow | undefined {
  const { onCall } = facts.effective;
  if (!onCall) {
    return undefined;
  }
  const participants = onCall.rotation?.participants ?? [onCall.ref];
  return {
    entity_ref: facts.entityRef,
    provider: columnText(onCall.provider, 50),
    ref: columnText(onCall.ref, 500),
    people:
      onCall.provider === 'static'
        ? JSON.stringify(
            Object.fromEntries(
              participants.map(ref => [ref, peopleOf(ref, directory)]),
            ),
          )
        : null,
  };
}

function peopleOf(ref: string, directory: Directory): Person[] {
  const principal = directory.get(ref);
  if (principal?.kind !== 'group') {
    // A group that does not exist has nobody in it; a user may be away.
    return /^group:/i.test(ref) ? [] : [toPerson(ref, principal)];
  }
  return [...directory.members(principal.ref)]
    .map(member => toPerson(member, directory.get(member)))
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .slice(0, MAX_PEOPLE);
}
