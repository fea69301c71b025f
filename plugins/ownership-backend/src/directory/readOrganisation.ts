import { createHash } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  buildDirectory,
  contractSubjectsOf,
  entityRefOf,
  normalizeRef,
  ownerRefs,
  sloSubject,
  type Directory,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * What a scan has to know of the whole catalog before it can judge a single
 * component.
 */
export interface Organisation {
  directory: Directory;
  /** OwnershipContract entities by the component they speak for. */
  contractEntities: ReadonlyMap<string, Entity[]>;
  /** SLO entities by the component they are for. */
  sloEntities: ReadonlyMap<string, Entity[]>;
  /** All SLO entities. */
  allSlos: Entity[];
  /** What SLO entities refer to: SLI, AlertPolicy, AlertCondition. */
  sharedSloParts: Entity[];
  /** Refs of consumers by API. */
  apiConsumers: ReadonlyMap<string, string[]>;
  /** Title, owners and domain of the systems and domains, by ref. */
  groupings: ReadonlyMap<string, Grouping>;
  /** Changes with anything in here. */
  version: string;
}

/** A system or a domain, as far as its components need it. */
export interface Grouping {
  title: string;
  ownerRefs: string[];
  /** Of a system: the ref of its domain. */
  domainRef?: string;
}

const PAGE_SIZE = 2000;
// A photo inlined as a data: URL is many kilobytes for each of many people.
const MAX_PICTURE = 2000;
const RELATIONS = new Set([
  'memberOf',
  'hasMember',
  'childOf',
  'parentOf',
  'ownedBy',
  'apiConsumedBy',
]);
const SLO_KINDS = ['SLO', 'SLI', 'AlertPolicy', 'AlertCondition'];

/**
 * Streams groups, users, systems, domains, OwnershipContract and OpenSLO
 * entities from the catalog.
 *
 * @throws whatever the catalog throws, and the signal's reason: a directory
 * that was read in part would make orphans of half the company
 */
export async function readOrganisation(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  signal: AbortSignal;
}): Promise<Organisation> {
  const versions: string[] = [];
  const request = { ...options, versions };
  const principals: Entity[] = [];
  const groupings = new Map<string, Grouping>();
  for await (const entity of stream(request, {
    filter: { kind: ['Group', 'User', 'System', 'Domain'] },
    fields: [
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'metadata.annotations',
      'spec.type',
      'spec.profile',
      'spec.parent',
      'spec.children',
      'spec.members',
      'spec.memberOf',
      'spec.owner',
      'spec.domain',
      'relations',
    ],
  })) {
    const kind = entity.kind.toLocaleLowerCase('en-US');
    if (kind === 'group' || kind === 'user') {
      principals.push(withSmallPicture(entity));
    } else {
      addGrouping(groupings, entity);
    }
  }

  const contractEntities = new Map<string, Entity[]>();
  const sloEntities = new Map<string, Entity[]>();
  const allSlos: Entity[] = [];
  const sharedSloParts: Entity[] = [];
  for await (const entity of stream(request, {
    filter: { kind: ['OwnershipContract', ...SLO_KINDS] },
    fields: ['apiVersion', 'kind', 'metadata', 'spec'],
  })) {
    if (entity.kind.toLocaleLowerCase('en-US') === 'ownershipcontract') {
      for (const subject of contractSubjectsOf(entity).subjects) {
        append(contractEntities, subject, entity);
      }
    } else if (entity.kind === 'SLO') {
      allSlos.push(entity);
      const subject = sloSubject(entity);
      if (subject) {
        append(sloEntities, subject, entity);
      }
    } else {
      sharedSloParts.push(entity);
    }
  }

  const apiConsumers = await readApiConsumers(request);
  return {
    directory: buildDirectory({ entities: principals }),
    contractEntities,
    sloEntities,
    allSlos,
    sharedSloParts,
    apiConsumers,
    groupings,
    version: digestOf(versions.sort()),
  };
}

function digestOf(content: unknown): string {
  return createHash('sha1').update(JSON.stringify(content)).digest('base64');
}

async function readApiConsumers(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  signal: AbortSignal;
  versions: string[];
}): Promise<Map<string, string[]>> {
  const consumers = new Map<string, string[]>();
  for await (const entity of stream(options, {
    query: { kind: 'API', 'relations.apiConsumedBy': { $exists: true } },
    fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
  })) {
    const api = entityRefOf(entity);
    for (const { type, targetRef } of entity.relations ?? []) {
      const consumer =
        type === 'apiConsumedBy' ? normalizeRef(targetRef) : undefined;
      if (api && consumer) {
        append(consumers, api, consumer);
      }
    }
  }
  return consumers;
}

/** Every entity as far as it is looked at, and in `versions` a digest of that. */
async function* stream(
  options: {
    catalog: CatalogService;
    credentials: BackstageCredentials;
    signal: AbortSignal;
    versions: string[];
  },
  request: Parameters<CatalogService['streamEntities']>[0],
): AsyncGenerator<Entity> {
  const { catalog, credentials, signal, versions } = options;
  signal.throwIfAborted();
  for await (const page of catalog.streamEntities(
    { ...request, pageSize: PAGE_SIZE },
    { credentials },
  )) {
    signal.throwIfAborted();
    for (const entity of page) {
      const { etag: _etag, uid: _uid, ...metadata } = entity.metadata;
      const { relations } = entity;
      const seen: Entity = {
        ...entity,
        metadata,
        // What a team owns changes all the time, and nobody here asks for it.
        ...(relations && {
          relations: relations.filter(({ type }) => RELATIONS.has(type)),
        }),
      };
      versions.push(digestOf(seen));
      yield seen;
    }
  }
}

function addGrouping(groupings: Map<string, Grouping>, entity: Entity): void {
  const ref = entityRefOf(entity);
  if (!ref) {
    return;
  }
  groupings.set(ref, {
    title: entity.metadata.title ?? entity.metadata.name,
    ownerRefs: ownerRefs(entity),
    domainRef: normalizeRef(entity.spec?.domain, {
      kind: 'domain',
      namespace: entity.metadata.namespace,
    }),
  });
}

function withSmallPicture(entity: Entity): Entity {
  const profile = entity.spec?.profile as { picture?: unknown } | undefined;
  const picture = profile?.picture;
  if (
    picture === undefined ||
    (typeof picture === 'string' &&
      picture.length <= MAX_PICTURE &&
      /^https?:\/\//i.test(picture))
  ) {
    return entity;
  }
  return {
    ...entity,
    spec: { ...entity.spec, profile: { ...profile, picture: undefined } },
  } as Entity;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) {
    values.push(value);
  } else {
    map.set(key, [value]);
  }
}
