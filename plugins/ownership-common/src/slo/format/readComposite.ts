import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { memberTarget } from '../composite/memberTarget';
import type { SloDefinition, SloMember } from '../types';
import { readPercent } from './readObjective';
import { describeValue, isMapping, plainText } from './SloReader';
import type { ReadingNotes, SloDocument } from './SloReader';
import { sloSubject } from './sloSubject';

/**
 * The annotation that says what the whole of a composite promises.
 *
 * @internal
 */
export const COMPOSITE_TARGET_ANNOTATION =
  'service-ownership.io/composite-target-percent';

/**
 * Whether the objectives of an SLO are the members of a composite: one of them
 * has a weight or is another SLO.
 *
 * @internal
 */
export function isComposite(objectives: readonly unknown[]): boolean {
  return objectives.some(
    objective =>
      isMapping(objective) &&
      (objective.compositeWeight !== undefined ||
        objective.sloRef !== undefined),
  );
}

/**
 * The weight of an objective; 1 where none is written.
 *
 * @internal
 */
export function readWeight(options: {
  objective: Record<string, unknown>;
  path: string;
  notes: ReadingNotes;
}): number | undefined {
  const { objective, path, notes } = options;
  const { compositeWeight: weight = 1 } = objective;
  if (typeof weight === 'number' && weight > 0 && weight <= 1e6) {
    return weight;
  }
  notes.problem(
    `${path}.compositeWeight`,
    `Expected a number above 0, for example 2, got ${describeValue(weight)}.`,
  );
  return undefined;
}

/**
 * Reads an objective that is another SLO: `sloRef` is the name of an SLO
 * entity, or `{ entityRef, slo }`. OpenSLO v1 has no such field; its own
 * composites have an indicator in every objective.
 *
 * @internal
 */
export function readSloRef(options: {
  sloRef: unknown;
  weight: number;
  path: string;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): SloMember | undefined {
  const { sloRef, weight, path, resolve, notes } = options;
  const problem = (message: string) => {
    notes.problem(`${path}.sloRef`, message);
    return undefined;
  };
  if (isMapping(sloRef)) {
    const slo = plainText(sloRef.slo, 100);
    const entityRef = canonicalRef(sloRef.entityRef);
    return slo && (entityRef || sloRef.entityRef === undefined)
      ? { ...(entityRef && { entityRef }), slo, weight }
      : problem(
          'Expected the name of an SLO entity, or { entityRef: component:default/checkout, slo: availability }; without entityRef it is an SLO of the same component.',
        );
  }
  const name = plainText(sloRef, 300);
  const entity = name ? resolve('SLO', name) : undefined;
  if (!entity) {
    return problem(
      `There is no SLO entity ${describeValue(
        sloRef,
      )} in the catalog; an SLO of a contract is { entityRef, slo }.`,
    );
  }
  const slo = onlyNameOf(entity);
  if (slo === undefined) {
    return problem(
      `The SLO entity ${describeValue(
        sloRef,
      )} has several objectives; name one with { entityRef, slo }.`,
    );
  }
  const entityRef = sloSubject(entity);
  return { ...(entityRef && { entityRef }), slo, weight };
}

/**
 * The composite that the members of an SLO make up. Its target is written in
 * the annotation `service-ownership.io/composite-target-percent`, for OpenSLO
 * has no field for it; else it follows from the targets of the members.
 *
 * @internal
 */
export function compositeOf(options: {
  base: Omit<SloDefinition, 'objective' | 'budgetingMethod' | 'warnings'>;
  document: Record<string, unknown>;
  members: Array<SloMember & { target: number }>;
  warnings: readonly string[];
  path: string;
  notes: ReadingNotes;
}): SloDefinition | undefined {
  const { base, document, members, path, notes } = options;
  const metadata = isMapping(document.metadata) ? document.metadata : {};
  const annotations = isMapping(metadata.annotations)
    ? metadata.annotations
    : {};
  const written = annotations[COMPOSITE_TARGET_ANNOTATION];
  const objective =
    written === undefined
      ? memberTarget(members)
      : readPercent({ value: written, path, notes });
  if (objective === undefined || members.length === 0) {
    return undefined;
  }
  return {
    ...base,
    objective,
    budgetingMethod: 'Occurrences',
    members: members.map(({ target: _, ...member }) => member),
    warnings: [
      ...options.warnings,
      ...(written === undefined
        ? [
            `OpenSLO has no target for the whole of a composite: the weighted mean of its members' is used, ${percent(
              objective,
            )} %. The annotation ${COMPOSITE_TARGET_ANNOTATION} sets another.`,
          ]
        : []),
    ],
  };
}

/** The name of the SLO that an entity holds; undefined where it holds several. */
function onlyNameOf({ kind, metadata, spec }: Entity): string | undefined {
  const listOf = (key: string) =>
    isMapping(spec) && Array.isArray(spec[key]) ? spec[key] : [];
  if (kind === 'PrometheusServiceLevel') {
    const [slo, ...more] = listOf('slos');
    return more.length === 0 && isMapping(slo)
      ? plainText(slo.name, 100)
      : undefined;
  }
  const objectives = listOf('objectives');
  return objectives.length <= 1 || isComposite(objectives)
    ? metadata.name
    : undefined;
}

function canonicalRef(value: unknown): string | undefined {
  const text = plainText(value, 300);
  if (!text || !/^[\w-]+:[\w.-]+\/[\w.-]+$/.test(text)) {
    return undefined;
  }
  return stringifyEntityRef(parseEntityRef(text));
}

function percent(share: number): number {
  return Math.round(share * 1e10) / 1e8;
}
