import type {
  ComponentFacts,
  Directory,
  Person,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { ComponentRowConsumer } from '../drift/ComponentRowConsumer';
import { columnText } from '../drift/store/columnText';
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
export class OnCallConsumer extends ComponentRowConsumer<RotationRow> {
  constructor(options: { knex: Knex }) {
    super({
      ...options,
      table: 'on_call_rotations',
      columns: ['provider', 'ref', 'people'],
      rowOf: ({ facts }, { directory }) => rotationOf(facts, directory),
    });
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
