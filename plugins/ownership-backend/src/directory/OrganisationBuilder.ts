import type { Entity } from '@backstage/catalog-model';
import {
  buildDirectory,
  contractSubjectsOf,
  entityRefOf,
  isSloEntity,
  normalizeRef,
  ownerRefs,
  sloSubject,
} from '@service-ownership/backstage-plugin-ownership-common';
import { digestOf, type OrganisationMark } from './organisationPart';
import type { Grouping, Organisation } from './readOrganisation';

// A photo inlined as a data: URL is many kilobytes for each of many people.
const MAX_PICTURE = 2000;

/** An entity as far as the organisation looks at it. */
export interface OrganisationEntity {
  seen: Entity;
  mark: OrganisationMark;
}

/** Puts an organisation together from its entities, in any order. */
export class OrganisationBuilder {
  readonly #marks = new Map<string, OrganisationMark>();
  readonly #principals: Entity[] = [];
  readonly #groupings = new Map<string, Grouping>();
  readonly #contractEntities = new Map<string, Entity[]>();
  readonly #sloEntities = new Map<string, Entity[]>();
  readonly #allSlos: Entity[] = [];
  readonly #sharedSloParts: Entity[] = [];
  readonly #apiConsumers = new Map<string, string[]>();

  add({ seen, mark }: OrganisationEntity): void {
    const ref = entityRefOf(seen);
    if (!ref) {
      return;
    }
    this.#marks.set(ref, mark);
    switch (seen.kind.toLocaleLowerCase('en-US')) {
      case 'group':
      case 'user':
        this.#principals.push(withSmallPicture(seen));
        break;
      case 'system':
      case 'domain':
        this.#groupings.set(ref, groupingOf(seen));
        break;
      case 'api':
        this.#addConsumers(ref, seen);
        break;
      case 'ownershipcontract':
        for (const subject of contractSubjectsOf(seen).subjects) {
          append(this.#contractEntities, subject, seen);
        }
        break;
      default:
        this.#addSloPart(seen);
    }
  }

  /** @param options - `aliases`: new refs of groups and users by old ones */
  build(options: { aliases?: ReadonlyMap<string, string> }): Organisation {
    const marks = this.#marks;
    return {
      directory: buildDirectory({
        entities: this.#principals,
        aliases: options.aliases,
      }),
      contractEntities: this.#contractEntities,
      sloEntities: this.#sloEntities,
      allSlos: this.#allSlos,
      sharedSloParts: this.#sharedSloParts,
      apiConsumers: this.#apiConsumers,
      groupings: this.#groupings,
      version: digestOf(Array.from(marks.values(), mark => mark.digest).sort()),
      marks,
      silent: new Map(),
    };
  }

  #addSloPart(entity: Entity): void {
    if (!isSloEntity(entity)) {
      this.#sharedSloParts.push(entity);
      return;
    }
    this.#allSlos.push(entity);
    const subject = sloSubject(entity);
    if (subject) {
      append(this.#sloEntities, subject, entity);
    }
  }

  /** Of an API with two providers nobody can tell whom its consumers need. */
  #addConsumers(api: string, { relations = [] }: Entity): void {
    if (relations.filter(({ type }) => type === 'apiProvidedBy').length > 1) {
      return;
    }
    for (const { type, targetRef } of relations) {
      const consumer =
        type === 'apiConsumedBy' ? normalizeRef(targetRef) : undefined;
      if (consumer) {
        append(this.#apiConsumers, api, consumer);
      }
    }
  }
}

function groupingOf(entity: Entity): Grouping {
  return {
    title: entity.metadata.title ?? entity.metadata.name,
    ownerRefs: ownerRefs(entity),
    domainRef: normalizeRef(entity.spec?.domain, {
      kind: 'domain',
      namespace: entity.metadata.namespace,
    }),
  };
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
