import {
  getCompoundEntityRef,
  parseEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  processingResult,
  type CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';

/** Emits a relation and its opposite. */
export function relate(options: {
  source: Entity | string;
  /** Full ref. */
  target: string;
  type: string;
  opposite: string;
  emit: CatalogProcessorEmit;
}): void {
  const { type, opposite, emit } = options;
  const source =
    typeof options.source === 'string'
      ? parseEntityRef(options.source)
      : getCompoundEntityRef(options.source);
  const target = parseEntityRef(options.target);
  emit(processingResult.relation({ source, type, target }));
  emit(
    processingResult.relation({
      source: target,
      type: opposite,
      target: source,
    }),
  );
}
