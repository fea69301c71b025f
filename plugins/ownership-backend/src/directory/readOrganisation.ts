import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Directory } from '@service-ownership/backstage-plugin-ownership-common';
import { breathe } from '../drift/scan/breathe';
import { readAhead } from '../drift/scan/readAhead';
import {
  OrganisationBuilder,
  type OrganisationEntity,
} from './OrganisationBuilder';
import {
  API_FIELDS,
  CONTRACT_FIELDS,
  CONTRACT_KINDS,
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
  /** Refs of consumers by API, of those that only one component provides. */
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

type Request = Parameters<CatalogService['streamEntities']>[0];

/**
 * Series of requests, read side by side. One kind at a time is a walk along an
 * index of the catalog; a list of kinds has it look at all entities again for
 * every page.
 */
const SERIES: Request[][] = [
  GROUPING_KINDS.filter(kind => kind === 'User').map(ofGroupings),
  GROUPING_KINDS.filter(kind => kind !== 'User').map(ofGroupings),
  [
    ...CONTRACT_KINDS.map(kind => ({
      filter: { kind },
      fields: CONTRACT_FIELDS,
    })),
    {
      query: { kind: 'API', 'relations.apiConsumedBy': { $exists: true } },
      fields: API_FIELDS,
    },
  ],
];

function ofGroupings(kind: string): Request {
  return { filter: { kind }, fields: GROUPING_FIELDS };
}

/**
 * Streams groups, users, systems, domains, APIs that somebody consumes,
 * OwnershipContract and SLO entities from the catalog.
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
  /** Is given everything that the organisation is made of. */
  onEntity?: (entity: OrganisationEntity) => void;
}): Promise<Organisation> {
  const { catalog, credentials, signal, aliases, onEntity } = options;

  async function read(request: Request): Promise<OrganisationEntity[]> {
    signal.throwIfAborted();
    const pages = catalog.streamEntities(
      { ...request, pageSize: PAGE_SIZE },
      { credentials },
    );
    const entities: OrganisationEntity[] = [];
    for await (const page of readAhead(pages)) {
      signal.throwIfAborted();
      for (const [index, entity] of page.entries()) {
        await breathe(index);
        const { seen, mark } = organisationPart(entity);
        if (mark) {
          entities.push({ seen, mark });
        }
      }
    }
    return entities;
  }
  async function readInTurn(requests: Request[]) {
    const entities: OrganisationEntity[][] = [];
    for (const request of requests) {
      entities.push(await read(request));
    }
    return entities.flat();
  }
  const entities = await Promise.all(SERIES.map(readInTurn));

  // In the same order each time, whichever answer came first.
  const builder = new OrganisationBuilder();
  for (const [index, entity] of entities.flat().entries()) {
    await breathe(index);
    builder.add(entity);
    onEntity?.(entity);
  }
  return builder.build({ aliases });
}
