import type { Knex } from 'knex';
import {
  OrganisationBuilder,
  type OrganisationEntity,
} from '../../../directory/OrganisationBuilder';
import type { Organisation } from '../../../directory/readOrganisation';
import type { FormerPrincipal } from '../../../directory/formerPrincipals';
import type { MissingPrincipal } from '../../../directory/store/readMissing';
import { inSlices } from '../../store/inSlices';
import { readWorldChunks, writeWorldChunk } from '../../store/scanWorlds';
import { breathe } from '../breathe';

/**
 * What all verdicts of a scan are made by and that may be another thing a
 * moment later: read once, and the same for all who judge.
 */
export interface ScanWorld {
  organisation: Organisation;
  /** What earlier scans noted to be missing. */
  storedMissing: ReadonlyMap<string, MissingPrincipal>;
  /** Groups and users that are gone since the last scan, and groups that nobody is on any more. */
  former: ReadonlyMap<string, FormerPrincipal>;
  /** New refs of groups and users by old ones. */
  aliases?: ReadonlyMap<string, string>;
  /** Load of owning groups by the last scan. */
  ownerLoads?: ReadonlyMap<string, number>;
  /** Of what else was reported: changes with what holds for all components alike. */
  reportsVersion: string;
  /** Start of the last completed scan; ISO 8601. */
  lastCompletedAt?: string;
}

type Entries<T> = Array<[string, T]>;

interface Head {
  missing: Entries<FormerPrincipal & { since: string }>;
  former?: Entries<FormerPrincipal>;
  aliases?: Entries<string>;
  ownerLoads?: Entries<number>;
  reportsVersion: string;
  lastCompletedAt?: string;
}

const AT_ONCE = 2000;

/** Keeps the world of a scan for the other replicas, and for one that carries it on. */
export async function writeWorld(options: {
  knex: Knex;
  scanId: string;
  world: ScanWorld;
  /** Everything that its organisation is made of. */
  entities: readonly OrganisationEntity[];
}): Promise<void> {
  const { knex, scanId, world, entities } = options;
  const head: Head = {
    missing: Array.from(world.storedMissing, ([ref, { since, ...former }]) => [
      ref,
      { since: since.toISOString(), ...former },
    ]),
    former: [...world.former],
    aliases: world.aliases && [...world.aliases],
    ownerLoads: world.ownerLoads && [...world.ownerLoads],
    reportsVersion: world.reportsVersion,
    lastCompletedAt: world.lastCompletedAt,
  };
  await writeWorldChunk({ knex, scanId, chunk: 0, body: head });
  for (const [index, body] of [...inSlices(entities, AT_ONCE)].entries()) {
    await writeWorldChunk({ knex, scanId, chunk: index + 1, body });
  }
}

/** The world of a scan as it was kept. */
export async function readWorld(options: {
  knex: Knex;
  scanId: string;
}): Promise<ScanWorld> {
  const chunks = readWorldChunks(options);
  const { value } = await chunks.next();
  const head = value as Head;
  const builder = new OrganisationBuilder();
  for await (const chunk of chunks) {
    for (const [index, entity] of (chunk as OrganisationEntity[]).entries()) {
      await breathe(index);
      builder.add(entity);
    }
  }
  const aliases = head.aliases && new Map(head.aliases);
  return {
    organisation: builder.build({ aliases }),
    storedMissing: new Map(
      head.missing.map(([ref, { since, ...former }]) => [
        ref,
        { since: new Date(since), ...former },
      ]),
    ),
    // Not in a world that was kept before this was remembered.
    former: new Map(head.former ?? []),
    aliases,
    ownerLoads: head.ownerLoads && new Map(head.ownerLoads),
    reportsVersion: head.reportsVersion,
    lastCompletedAt: head.lastCompletedAt,
  };
}
