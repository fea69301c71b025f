import type { Entity } from '@backstage/catalog-model';
import {
  readSlos,
  type Problem,
  type SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * Reads SLOs that are written beside each other, whatever their format, and
 * says what is wrong with them. References to SLO entities are left to those
 * who know the entities.
 *
 * @param options.items - documents, or the list `slos` of a contract
 * @param options.pathOf - path of an item in the source
 * @param options.parts - OpenSLO objects that SLOs refer to
 *
 * @internal
 */
export function lintSlos(options: {
  items: readonly unknown[];
  pathOf: (index: number) => string;
  parts: Entity[];
}): { slos: SloDefinition[]; errors: Problem[]; warnings: Problem[] } {
  const { items, pathOf, parts } = options;
  const kept = items
    .map((item, index) => ({ item, index }))
    .filter(({ item }) => !isReference(item));
  const { slos, problems } = readSlos({
    contract: { slos: kept.map(({ item }) => item) as object[] as never },
    // Nothing that is said here names the component.
    entityRef: 'component:default/unnamed',
    sloEntities: parts,
  });
  const placed = (path: string) => {
    const [, index, rest = ''] = /^slos\[(\d+)\]\.?(.*)$/s.exec(path) ?? [];
    const item = index === undefined ? undefined : kept[Number(index)];
    return item
      ? [pathOf(item.index), rest].filter(part => part !== '').join('.')
      : path;
  };
  const warnings = slos.flatMap(slo =>
    slo.warnings.map(message => ({
      message,
      path: placed(slo.origin.path),
    })),
  );
  return {
    slos,
    errors: problems.map(problem => ({
      ...problem,
      path: placed(problem.path),
    })),
    // Objectives of one SLO share what is said of the SLO.
    warnings: warnings.filter(
      (warning, index) =>
        warnings.findIndex(other => sloKey(other) === sloKey(warning)) ===
        index,
    ),
  };
}

function sloKey({ path, message }: Problem): string {
  return `${path.replace(/\.?objectives\[\d+\].*$/, '')} ${message}`;
}

function isReference(item: unknown): boolean {
  return (
    typeof item === 'string' ||
    (typeof item === 'object' &&
      item !== null &&
      typeof (item as { ref?: unknown }).ref === 'string')
  );
}
