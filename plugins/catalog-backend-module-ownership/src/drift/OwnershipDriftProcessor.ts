import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import { STATE_LABEL } from '@service-ownership/backstage-plugin-ownership-common';
import { emitContractRelations } from '../contract/contractRelations';
import type { ContractFiles, FileMemory } from '../contract/ContractFiles';
import { embedContract } from '../contract/embedContract';
import { isOwnershipContract } from '../contract/isOwnershipContract';
import { isSloObject } from '../slo/isSloObject';
import { emitSloRelations } from '../slo/sloRelations';
import { tidySloObject } from '../slo/tidySloObject';
import { judgeEntity, type EntityMemory } from './judgeEntity';
import type { VerdictSnapshots } from './VerdictSnapshots';

/** Where a location points: `url:https://…` or `file:/…`. */
type Location = Parameters<
  NonNullable<CatalogProcessor['preProcessEntity']>
>[1];

/**
 * Reads contracts into their entities, relates them, and flags components with
 * their ownership state.
 *
 * It never throws and never emits an error: whatever is wrong with a contract,
 * an SLO or the ownership backend, the entity stays in the catalog.
 */
export class OwnershipDriftProcessor implements CatalogProcessor {
  readonly #options: {
    clock: () => Date;
    files: ContractFiles;
    kinds: ReadonlySet<string>;
    logger: LoggerService;
    verdicts: Pick<VerdictSnapshots, 'latest'>;
  };

  constructor(options: {
    clock: () => Date;
    files: ContractFiles;
    /** Kinds to flag, in lower case. */
    kinds: ReadonlySet<string>;
    logger: LoggerService;
    verdicts: Pick<VerdictSnapshots, 'latest'>;
  }) {
    this.#options = options;
  }

  getProcessorName(): string {
    return 'OwnershipDriftProcessor';
  }

  /**
   * Before the catalog's own placeholder processor, which has the default 20:
   * that one throws for a file it cannot read, which would freeze the entity.
   */
  getPriority(): number {
    return 10;
  }

  async preProcessEntity(
    entity: Entity,
    location: Location,
    emit: CatalogProcessorEmit,
    _originLocation: Location,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    try {
      const known = (await cache.get<FileMemory>('files')) ?? {};
      const memory = { known, used: {} as FileMemory };
      const { files } = this.#options;
      const embedded = await embedContract({
        entity: isSloObject(entity) ? tidySloObject(entity) : entity,
        location,
        files,
        memory,
        emit,
      });
      if (Object.keys(memory.used).length > 0) {
        await cache.set('files', memory.used);
      }
      return embedded;
    } catch (error) {
      this.#report(entity, error);
      return entity;
    }
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    // The envelope only: a wrong body is reported by the drift scan.
    return isOwnershipContract(entity) || isSloObject(entity);
  }

  async postProcessEntity(
    entity: Entity,
    _location: Location,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    try {
      emitContractRelations({ entity, emit });
      emitSloRelations({ entity, emit });
      if (!this.#options.kinds.has(entity.kind.toLocaleLowerCase('en-US'))) {
        return entity;
      }
      const memory = judgeEntity({
        entityRef: stringifyEntityRef(entity),
        verdicts: await this.#options.verdicts.latest(),
        memory: await cache.get<EntityMemory>('entity'),
        now: this.#options.clock(),
      });
      await cache.set('entity', memory);
      return flag(entity, memory.state);
    } catch (error) {
      this.#report(entity, error);
      return entity;
    }
  }

  #report(entity: Entity, error: unknown): void {
    this.#options.logger.error(
      `${stringifyEntityRef(
        entity,
      )} was processed without its contract and ownership state: ${stringifyError(
        error,
      )}`,
    );
  }
}

/** The label is ours: what the file says of it does not count. */
function flag(entity: Entity, state: string | undefined): Entity {
  const { [STATE_LABEL]: claimed, ...labels } = entity.metadata.labels ?? {};
  if (state === undefined && claimed === undefined) {
    return entity;
  }
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      labels:
        state === undefined ? labels : { ...labels, [STATE_LABEL]: state },
    },
  };
}
