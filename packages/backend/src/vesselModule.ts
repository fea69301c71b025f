import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  type Entity,
} from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  processingResult,
  type CatalogProcessor,
  type CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';

/**
 * A kind of Ternsund's own: its ships. It shows that ownership is not tied to
 * the kinds of Backstage (`ownership.kinds` in app-config.yaml lists it too),
 * and as `spec.owners` is a list, a ship can have no owner or several, which
 * the kinds of Backstage do not allow.
 */
class VesselProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'VesselProcessor';
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    return (
      entity.kind === 'Vessel' && entity.apiVersion === 'ternsund.example/v1'
    );
  }

  async postProcessEntity(
    entity: Entity,
    _location: unknown,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (entity.kind !== 'Vessel') {
      return entity;
    }
    const vessel = {
      kind: entity.kind,
      namespace: entity.metadata.namespace ?? 'default',
      name: entity.metadata.name,
    };
    const owners = entity.spec?.owners;
    for (const owner of Array.isArray(owners) ? owners : []) {
      const team = parseEntityRef(String(owner), {
        defaultKind: 'Group',
        defaultNamespace: vessel.namespace,
      });
      emit(
        processingResult.relation({
          source: vessel,
          type: RELATION_OWNED_BY,
          target: team,
        }),
      );
      emit(
        processingResult.relation({
          source: team,
          type: RELATION_OWNER_OF,
          target: vessel,
        }),
      );
    }
    return entity;
  }
}

export const vesselModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'vessels',
  register(reg) {
    reg.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addProcessor(new VesselProcessor());
      },
    });
  },
});
