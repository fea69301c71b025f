import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import { readOwnerRefs } from '../drift/store/readOwnerRefs';
import type { HandoverCaller } from './HandoverCaller';

const DAY_MS = 86_400_000;
const FURTHEST_DUE_MS = 2 * 366 * DAY_MS;

/**
 * The owners by component, of components the caller may hand over.
 *
 * @throws NotFoundError for one that is not known or hidden, NotAllowedError
 *   for one of somebody else
 */
export async function ownersOfMine(
  knex: Knex,
  options: {
    entityRefs: string[];
    caller: HandoverCaller;
  },
): Promise<Map<string, string[]>> {
  const { entityRefs, caller } = options;
  const query = knex('components');
  whereIn(query, 'entity_ref', entityRefs);
  const known = new Set<string>(await query.pluck('entity_ref'));
  const owners = await readOwnerRefs({ knex, entityRefs });
  for (const ref of entityRefs) {
    if (
      !known.has(ref) ||
      (caller.visible !== 'all' && !caller.visible.has(ref))
    ) {
      throw new NotFoundError(
        `entityRefs: ${ref} is not under ownership, or was not checked yet`,
      );
    }
    const isMine = owners.get(ref)?.some(owner => caller.principals.has(owner));
    if (!isMine && !caller.manages) {
      throw new NotAllowedError(
        `Only its owners, or who holds ownership.handover.manage, may hand ${ref} over`,
      );
    }
  }
  return owners;
}

/** @throws InputError for what is not a group of the catalog */
export async function requireGroup(knex: Knex, ref: string): Promise<void> {
  const group = await knex('directory_principals')
    .where({ ref, kind: 'group' })
    .first('ref');
  if (!group) {
    throw new InputError(
      `to: ${ref} is not a group of the catalog; expected one, such as group:default/payments`,
    );
  }
}

/**
 * When a handover is due, as ISO 8601.
 *
 * @throws InputError for a moment that is past or too far away
 */
export function readDue(options: {
  dueAt: string | undefined;
  dueAfterDays: number;
  now: Date;
}): string {
  const { dueAt, dueAfterDays, now } = options;
  const due =
    dueAt === undefined
      ? now.getTime() + dueAfterDays * DAY_MS
      : Date.parse(dueAt);
  if (!(due > now.getTime() && due <= now.getTime() + FURTHEST_DUE_MS)) {
    throw new InputError(
      'dueAt: expected a moment in the future, at most two years from now',
    );
  }
  return new Date(due).toISOString();
}
