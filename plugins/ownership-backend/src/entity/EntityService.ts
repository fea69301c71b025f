import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  reviewDueAt,
  type EntityOwnership,
  type SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { storeAttestation } from '../contract/attestations';
import type { ComponentDocument } from '../drift/ComponentDocument';
import type { FindingRow } from '../drift/store/FindingRow';
import {
  selectHandling,
  type HandlingColumns,
} from '../drift/store/handlingColumns';
import { readEntityRow } from './readEntityRow';
import { reviewNow } from './reviewNow';
import { toEntityOwnership, type EntityContext } from './toEntityOwnership';
import { unscannedEntity } from './unscannedEntity';

/** Gives the SLO statuses of one component in one statement. */
export interface SloStatusReader {
  entityStatuses(entityRef: string): Promise<SloStatus[]>;
}

/**
 * Answers for single components, from what the scans stored. Takes three
 * statements for one that was scanned, and asks no third party.
 */
export class EntityService {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;
  readonly #slos: SloStatusReader;
  readonly #kinds: ReadonlySet<string>;
  readonly #context: Omit<EntityContext, 'now'>;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    catalog: CatalogService;
    slos: SloStatusReader;
    /** Kinds under ownership, in lower case. */
    kinds: ReadonlySet<string>;
    context: Omit<EntityContext, 'now'>;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
    this.#slos = options.slos;
    this.#kinds = options.kinds;
    this.#context = options.context;
    this.#now = options.now ?? (() => new Date());
  }

  /** @throws NotFoundError for what is not, or no longer, under ownership */
  async entity(options: {
    entityRef: string;
    may: EntityOwnership['may'];
    /** Of the caller: for an entity no scan has seen, the catalog is asked with them. */
    credentials: BackstageCredentials;
  }): Promise<EntityOwnership> {
    const { entityRef, may, credentials } = options;
    const context = { ...this.#context, now: this.#now() };
    const [row, findings, slos] = await Promise.all([
      readEntityRow(this.#knex, entityRef),
      this.#findings(entityRef),
      this.#slos.entityStatuses(entityRef),
    ]);
    if (row) {
      return toEntityOwnership({ row, findings, slos, may, context });
    }
    this.#requireKind(entityRef);
    const catalog = this.#catalog;
    const unscanned = await unscannedEntity({
      catalog,
      entityRef,
      credentials,
      may,
      context,
    });
    if (!unscanned) {
      throw await this.#notFound(entityRef);
    }
    return unscanned;
  }

  /**
   * Keeps the statement that the contract is right.
   *
   * @throws ConflictError where there is no valid contract to speak of
   */
  async attest(options: {
    entityRef: string;
    by: string;
    comment?: string;
  }): Promise<{
    entityRef: string;
    attestedAt: string;
    attestedBy: string;
    dueAt?: string;
  }> {
    const { entityRef, by, comment } = options;
    const stored = await this.#knex('components')
      .where('entity_ref', entityRef)
      .first('document');
    if (!stored) {
      this.#requireKind(entityRef);
      throw await this.#notFound(entityRef);
    }
    const { contract, contractStatus }: ComponentDocument = JSON.parse(
      stored.document,
    );
    if (contractStatus !== 'valid') {
      throw new ConflictError(
        `${entityRef} has no valid contract to confirm: its contract is ${contractStatus}`,
      );
    }
    const at = this.#now();
    const requirements = this.#context.requirements(contract.tier);
    const confirmed = reviewNow({
      contract,
      contractStatus,
      entityRef,
      attestation: { at: at.toISOString(), by },
      requirements,
      now: at,
    });
    const dueAt = reviewDueAt(confirmed.contract, { requirements });
    await storeAttestation({
      knex: this.#knex,
      attestation: { entityRef, at, by, comment },
      dueAt,
    });
    return {
      entityRef,
      attestedAt: at.toISOString(),
      attestedBy: by,
      dueAt: dueAt?.toISOString(),
    };
  }

  #findings(entityRef: string): Promise<Array<FindingRow & HandlingColumns>> {
    return selectHandling(this.#knex('findings as f').select('f.*'))
      .where('f.entity_ref', entityRef)
      .whereNot('f.state', 'closed')
      .orderBy(['f.severity_rank', 'f.first_seen_at', 'f.id']);
  }

  #requireKind(entityRef: string): void {
    const { kind } = parseEntityRef(entityRef);
    if (!this.#kinds.has(kind)) {
      throw new NotFoundError(
        `Entities of kind ${kind} are not under ownership here; those of kind ${[
          ...this.#kinds,
        ].join(', ')} are (ownership.kinds)`,
      );
    }
  }

  async #notFound(entityRef: string): Promise<NotFoundError> {
    const rows = await this.#knex('tombstones as t')
      .leftJoin('tombstone_owners as o', 'o.entity_ref', 't.entity_ref')
      .where('t.entity_ref', entityRef)
      .orderBy('o.owner_ref')
      .select('t.removed_at', 'o.owner_ref');
    if (rows.length === 0) {
      return new NotFoundError(`There is no entity ${entityRef}`);
    }
    const owners = rows.map(row => row.owner_ref).filter(Boolean);
    return new NotFoundError(
      `${entityRef} left the catalog on ${rows[0].removed_at.slice(
        0,
        10,
      )}; it was owned by ${owners.join(' and ') || 'nobody'}`,
    );
  }
}
