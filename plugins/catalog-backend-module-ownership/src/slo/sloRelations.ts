import type { Entity } from '@backstage/catalog-model';
import type { CatalogProcessorEmit } from '@backstage/plugin-catalog-node';
import {
  RELATION_HAS_SLO,
  RELATION_SLO_OF,
  sloSubject,
} from '@service-ownership/backstage-plugin-ownership-common';
import { relate } from '../contract/relate';

/** Relates an SLO entity with the component it is for, where it names one. */
export function emitSloRelations(options: {
  entity: Entity;
  emit: CatalogProcessorEmit;
}): void {
  const { entity, emit } = options;
  const subject = sloSubject(entity);
  if (subject) {
    relate({
      source: entity,
      target: subject,
      type: RELATION_SLO_OF,
      opposite: RELATION_HAS_SLO,
      emit,
    });
  }
}
