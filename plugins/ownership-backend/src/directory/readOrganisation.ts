import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  buildDirectory,
  contractSubjectsOf,
  entityRefOf,
  isSloEntity,
  normalizeRef,
  ownerRefs,
  sloSubject,
  type Directory,
} from '@service-ownership/backstage-plugin-ownership-common';
import { breathe } from '../drift/scan/breathe';
import { readAhead } from '../drift/scan/readAhead';
import {
  API_FIELDS,
  CONTRACT_FIELDS,
  CONTRACT_KINDS,
  digestOf,
  GROUPING_FIELDS,
  GROUPING_KINDS,
  organisationPart,
  type OrganisationMark,
} from './organisationPart';

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
  /** What SLO entities refer to: SLI, DataSource, AlertPolicy, AlertCondition. */
  sharedSloParts: Entity[];
  /** Refs of consumers by API. */
  apiConsumers: ReadonlyMap<string, string[]>;
  /** Title, owners and domain of the systems and domains, by ref. */
  groupings: ReadonlyMap<string, Grouping>;
  /** Changes with anything in here. */
  version: string;
  /** What it was made of, by ref. */
  marks: Map<string, OrganisationMark>;
  /** Etags of entities that were met and say nothing to it, by ref. */
  silent: Map<string, string>;
}

/** A system or a domain, as far as its components need it. */
export interface Grouping {
  title: string;
  ownerRefs: string[];
  /** Of a system: the ref of its domain. */
  domainRef?: string;
}

const PAGE_SIZE = 500;
// A photo inlined as a data: URL is many kilobytes for each of many people.
const MAX_PICTURE = 2000;
/**
 * Streams groups, users, systems, domains, OwnershipContract and SLO
 * entities from the catalog.
 *
 * @throws whatever the catalog throws, and the signal's reason: a directory
 * that was read in part would make orphans of half the company
 */
export async function readOrganisation(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  signal: AbortSignal;
  /** New refs of groups and users by old ones. */
  aliases?: ReadonlyMap<string, string>;
}): Promise<Organisation> {
  const marks = new Map<string, OrganisationMark>();
  const request = { ...options, marks };
  const principals: Entity[] = [];
  const groupings = new Map<string, Grouping>();
  const contractEntities = new Map<string, Entity[]>();
  const sloEntities = new Map<string, Entity[]>();
  const allSlos: Entity[] = [];
  const sharedSloParts: Entity[] = [];

  async function readGroupings() {
    for await (const entity of stream(request, {
      filter: { kind: GROUPING_KINDS },
      fields: GROUPING_FIELDS,
    })) {
      const kind = entity.kind.toLocaleLowerCase('en-US');
      if (kind === 'group' || kind === 'user') {
        principals.push(withSmallPicture(entity));
      } else {
        addGrouping(groupings, entity);
      }
    }
  }
  async function readContracts() {
    for await (const entity of stream(request, {
      filter: { kind: CONTRACT_KINDS },
      fields: CONTRACT_FIELDS,
    })) {
      if (entity.kind.toLocaleLowerCase('en-US') === 'ownershipcontract') {
        for (const subject of contractSubjectsOf(entity).subjects) {
          append(contractEntities, subject, entity);
        }
      } else if (isSloEntity(entity)) {
        allSlos.push(entity);
        const subject = sloSubject(entity);
        if (subject) {
          append(sloEntities, subject, entity);
        }
      } else {
        sharedSloParts.push(entity);
      }
    }
  }
  const [apiConsumers] = await Promise.all([
    readApiConsumers(request),
    readGroupings(),
    readContracts(),
  ]);
  return {
    directory: buildDirectory({
      entities: principals,
      aliases: options.aliases,
    }),
    contractEntities,
    sloEntities,
    allSlos,
    sharedSloParts,
    apiConsumers,
    groupings,
    version: digestOf(Array.from(marks.values(), mark => mark.digest).sort()),
    marks,
    silent: new Map(),
  };
}

async function readApiConsumers(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  signal: AbortSignal;
  marks: Map<string, OrganisationMark>;
}): Promise<Map<string, string[]>> {
  const consumers = new Map<string, string[]>();
  for await (const entity of stream(options, {
    query: { kind: 'API', 'relations.apiConsumedBy': { $exists: true } },
    fields: API_FIELDS,
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

/** Every entity as far as it is looked at, with its mark in `marks`. */
async function* stream(
  options: {
    catalog: CatalogService;
    credentials: BackstageCredentials;
    signal: AbortSignal;
    marks: Map<string, OrganisationMark>;
  },
  request: Parameters<CatalogService['streamEntities']>[0],
): AsyncGenerator<Entity> {
  const { catalog, credentials, signal, marks } = options;
  signal.throwIfAborted();
  const pages = catalog.streamEntities(
    { ...request, pageSize: PAGE_SIZE },
    { credentials },
  );
  for await (const page of readAhead(pages)) {
    signal.throwIfAborted();
    for (const [index, entity] of page.entries()) {
      await breathe(index);
      const ref = entityRefOf(entity);
      const { mark, seen } = organisationPart(entity);
      if (mark && ref) {
        marks.set(ref, mark);
        yield seen;
      }
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
