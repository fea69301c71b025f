import { MAX_COMPOSITE_DEPTH } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readMembers } from '../store/readMembers';
import type { MemberSlo } from '../store/readMembers';

/** More members than these, those of its members among them, are left out. */
const MOST = 500;

const tooDeep = `Composites may be ${MAX_COMPOSITE_DEPTH} levels deep.`;

/** A member of a composite, found or not. */
export type ResolvedMember = {
  entityRef: string;
  slo: string;
  weight: number;
} & ({ leaf: MemberSlo } | { members: ResolvedMember[] } | { leftOut: string });

/**
 * Finds the members of composites and those of their members, with one
 * statement a level. One that is made of itself, or too deep, is left out.
 *
 * @returns by id of the composite
 */
export async function resolveMembers(
  knex: Knex,
  composites: ReadonlyArray<Omit<MemberSlo, 'lastDataEnd'>>,
): Promise<Map<number, ResolvedMember[]>> {
  const known = new Map<string, MemberSlo>();
  const asked = new Set<string>();
  let level: ReadonlyArray<Omit<MemberSlo, 'lastDataEnd'>> = composites;
  for (
    let depth = 0;
    depth < MAX_COMPOSITE_DEPTH && level.length > 0;
    depth++
  ) {
    const refs = new Set(
      level.flatMap(({ entityRef, definition }) =>
        (definition.members ?? []).map(member => member.entityRef ?? entityRef),
      ),
    );
    const missing = [...refs].filter(ref => !asked.has(ref));
    missing.forEach(ref => asked.add(ref));
    const found = missing.length > 0 ? await readMembers(knex, missing) : [];
    for (const slo of found) {
      known.set(keyOf(slo.entityRef, slo.definition.name), slo);
    }
    level = level.flatMap(({ entityRef, definition }) =>
      (definition.members ?? []).flatMap(member => {
        const slo = known.get(keyOf(member.entityRef ?? entityRef, member.slo));
        return slo?.definition.members ? [slo] : [];
      }),
    );
  }

  const resolve = (
    composite: Omit<MemberSlo, 'lastDataEnd'>,
    path: readonly string[],
    left: { count: number },
  ): ResolvedMember[] =>
    (composite.definition.members ?? []).map((member): ResolvedMember => {
      const entityRef = member.entityRef ?? composite.entityRef;
      const key = keyOf(entityRef, member.slo);
      const named = { entityRef, slo: member.slo, weight: member.weight };
      const slo = known.get(key);
      left.count -= 1;
      if (path.includes(key)) {
        return {
          ...named,
          leftOut: 'The composite would be a part of itself.',
        };
      }
      if (left.count < 0) {
        return {
          ...named,
          leftOut: `The composite has more than ${MOST} members.`,
        };
      }
      if (!slo) {
        return {
          ...named,
          leftOut:
            path.length > MAX_COMPOSITE_DEPTH
              ? tooDeep
              : 'There is no such SLO now.',
        };
      }
      if (!slo.definition.members) {
        return { ...named, leaf: slo };
      }
      return path.length >= MAX_COMPOSITE_DEPTH
        ? { ...named, leftOut: tooDeep }
        : { ...named, members: resolve(slo, [...path, key], left) };
    });
  return new Map(
    composites.map(composite => [
      composite.id,
      resolve(
        composite,
        [keyOf(composite.entityRef, composite.definition.name)],
        { count: MOST },
      ),
    ]),
  );
}

/** The SLOs that members come down to. */
export function leavesOf(members: readonly ResolvedMember[]): MemberSlo[] {
  return members.flatMap(member => {
    if ('leaf' in member) {
      return [member.leaf];
    }
    return 'members' in member ? leavesOf(member.members) : [];
  });
}

function keyOf(entityRef: string, slo: string): string {
  return `${entityRef} ${slo}`;
}
