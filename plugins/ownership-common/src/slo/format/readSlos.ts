import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import type { OwnershipContract, Problem } from '../../contract';
import type { SloDefinition } from '../types';
import { findSloObject } from './findSloObject';
import { isSloEntity } from './isSloEntity';
import { readOpenSlo } from './readOpenSlo';
import { readPyrra } from './readPyrra';
import { readSloth } from './readSloth';
import { describeValue, isMapping, plainText } from './SloReader';
import type { SloDocument, SloReader, SloReading } from './SloReader';
import { sloSubject } from './sloSubject';

/**
 * Reads the SLOs of one component, in whatever format they are written: those
 * in its contract, those the contract refers to (`{ ref: checkout-latency }`)
 * and the catalog entities that hold SLOs and name the component.
 *
 * An SLO that cannot be read is a problem that says what is accepted; the
 * others are read all the same. What was read but could not be mapped is in
 * the definition's `warnings`.
 *
 * @param options - `contract`: the component's contract, if it has a valid one.
 *   `entityRef`: the component. `sloEntities`: catalog entities that
 *   hold SLOs, and those of kind SLI, AlertPolicy, AlertCondition, DataSource
 *   and AlertNotificationTarget: all of them, or those that may concern the
 *   component.
 *
 * @public
 */
export function readSlos(options: {
  contract?: OwnershipContract;
  entityRef: string;
  sloEntities: Entity[];
}): { slos: SloDefinition[]; problems: Problem[] } {
  const { contract, entityRef, sloEntities } = options;
  const reading: SloReading = { slos: [], problems: [] };
  if (!contract?.slos && sloEntities.length === 0) {
    return reading;
  }
  const namespace = entityRef.split(':')[1]?.split('/')[0];
  const resolve: SloDocument['resolve'] = (kind, name) =>
    findSloObject({ entities: sloEntities, kind, name, namespace });
  const readEntities = new Set<string>();

  const readEntity = (entity: Entity) => {
    const ref = stringifyEntityRef(entity);
    if (!readEntities.has(ref)) {
      readEntities.add(ref);
      const found = readDocument({
        document: { ...entity },
        origin: { entityRef: ref, path: '' },
        resolve,
      });
      add(reading, {
        slos: found.slos,
        problems: found.problems.map(problem => ({
          ...problem,
          message: `${ref}: ${problem.message}`,
        })),
      });
    }
  };

  const written: unknown[] = contract?.slos ?? [];
  written.forEach((item, index) => {
    const path = `slos[${index}]`;
    const ref = isMapping(item) ? item.ref : item;
    if (typeof ref === 'string') {
      const entity = resolve('SLO', ref);
      if (entity) {
        readEntity(entity);
      } else {
        reading.problems.push({
          path,
          message: unknownRef(ref, sloEntities),
        });
      }
    } else if (isMapping(item)) {
      add(
        reading,
        readDocument({ document: item, origin: { entityRef, path }, resolve }),
      );
    } else {
      reading.problems.push({
        path,
        message: `Expected an OpenSLO specification with a name, or { ref: <name of an SLO entity> }, got ${describeValue(
          item,
        )}.`,
      });
    }
  });

  for (const entity of sloEntities) {
    if (sloSubject(entity) === entityRef.toLocaleLowerCase('en-US')) {
      readEntity(entity);
    }
  }
  const policy = contract?.errorBudgetPolicy;
  return policy
    ? {
        ...reading,
        slos: reading.slos.map(slo => ({ ...slo, errorBudgetPolicy: policy })),
      }
    : reading;
}

const openSlo = /^openslo(\.com)?\/(v1|v2alpha1?)$/;

// A reader for each format; the first that knows the document reads it.
const readers: Array<{
  reads(document: Record<string, unknown>): boolean;
  read: SloReader;
}> = [
  {
    reads: ({ version, apiVersion, kind }) =>
      version === 'prometheus/v1' ||
      (apiVersion === 'sloth.slok.dev/v1' && kind === 'PrometheusServiceLevel'),
    read: readSloth,
  },
  {
    reads: ({ apiVersion, kind }) =>
      apiVersion === 'pyrra.dev/v1alpha1' && kind === 'ServiceLevelObjective',
    read: readPyrra,
  },
  {
    reads: ({ apiVersion, kind }) =>
      (apiVersion === undefined || openSlo.test(String(apiVersion))) &&
      (kind === undefined || kind === 'SLO'),
    read: readOpenSlo,
  },
];

function readDocument(document: SloDocument): SloReading {
  const reader = readers.find(({ reads }) => reads(document.document));
  if (reader) {
    return reader.read(document);
  }
  const { apiVersion, kind } = document.document;
  if (/^(openslo|n9)\/v(1alpha|0)/.test(String(apiVersion))) {
    return {
      slos: [],
      problems: [
        {
          path: document.origin.path,
          message: `${describeValue(
            apiVersion,
          )} is a draft of OpenSLO that is not read. Write apiVersion: openslo/v1, timeWindow: [{ duration: 28d, isRolling: true }] in place of timeWindows, indicator.spec.ratioMetric or thresholdMetric with metricSource.spec.query in place of the metrics of the objectives, and target beside displayName.`,
        },
      ],
    };
  }
  return {
    slos: [],
    problems: [
      {
        path: document.origin.path,
        message: `Expected an SLO of openslo/v1 or openslo.com/v2alpha, a PrometheusServiceLevel of sloth.slok.dev/v1 or a ServiceLevelObjective of pyrra.dev/v1alpha1, got kind ${describeValue(
          kind,
        )} of apiVersion ${describeValue(apiVersion)}.`,
      },
    ],
  };
}

/** Adds what was read; of two SLOs with one name the first stays. */
function add(reading: SloReading, found: SloReading): void {
  reading.problems.push(...found.problems);
  for (const slo of found.slos) {
    const same = reading.slos.find(({ name }) => name === slo.name);
    if (same) {
      reading.problems.push({
        path: slo.origin.path,
        message: `The name ${slo.name} is taken by another SLO of this component (${same.origin.entityRef} ${same.origin.path}): give each its own name.`,
      });
    } else {
      reading.slos.push(slo);
    }
  }
}

function unknownRef(ref: string, entities: Entity[]): string {
  const known = entities
    .filter(isSloEntity)
    .map(({ metadata }) => metadata.name)
    .slice(0, 10);
  return `There is no SLO entity ${describeValue(ref)} in the catalog. ${
    known.length > 0
      ? `Known: ${known.map(name => plainText(name, 63)).join(', ')}.`
      : 'There are no SLO entities at all.'
  }`;
}
