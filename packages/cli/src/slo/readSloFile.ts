import { resolve } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import {
  contractSourcesOf,
  readYaml,
  validateContract,
  type Problem,
  type SloDefinition,
  type YamlDocument,
} from '@service-ownership/backstage-plugin-ownership-common';
import { UsageError } from '../command/UsageError';
import { documentKind } from '../lint/documentKind';
import { readText } from '../lint/readText';
import { lintSlos } from './lintSlos';

/**
 * SLOs that are written in one document, and that document.
 *
 * @internal
 */
export interface SloDocumentReading {
  document: Record<string, unknown>;
  slos: SloDefinition[];
}

/**
 * Reads the SLOs of a file, whatever their format.
 *
 * @throws UsageError where the file cannot be read or holds no SLO
 * @internal
 */
export function readSloFile(options: { file: string; cwd: string }): {
  documents: SloDocumentReading[];
  problems: Problem[];
} {
  const { file, cwd } = options;
  const reading = readText(resolve(cwd, file));
  if ('message' in reading) {
    throw new UsageError(`${file} ${reading.message}.`);
  }
  const { documents, errors } = readYaml(reading);
  const kindOf = (document: YamlDocument) =>
    documentKind({ document, name: file, isNamed: true });
  const parts = documents
    .filter(document => kindOf(document) === 'slo-part')
    .map(({ value }) => value as Entity)
    .filter(({ metadata, kind }) => kind && typeof metadata?.name === 'string');
  const problems: Problem[] = [...errors];
  const found = documents.flatMap(document => {
    const written = writtenSlos(document, kindOf(document));
    if (!written) {
      return [];
    }
    const { slos, errors: wrong } = lintSlos({ ...written, parts });
    problems.push(...wrong.map(document.locate));
    return [{ document: document.value as Record<string, unknown>, slos }];
  });
  if (found.every(({ slos }) => slos.length === 0) && problems.length === 0) {
    throw new UsageError(
      `${file} holds no SLO; expected OpenSLO, Sloth, Pyrra or a contract with slos.`,
    );
  }
  return { documents: found, problems };
}

function writtenSlos(
  { value }: YamlDocument,
  kind: ReturnType<typeof documentKind>,
) {
  switch (kind) {
    case 'slo':
      return { items: [value], pathOf: () => '' };
    case 'contract':
      return slosOfContract(value, '');
    case 'entity': {
      const [source] = contractSourcesOf(value as Entity);
      return source
        ? slosOfContract(source.document, 'spec.ownershipContract.')
        : undefined;
    }
    default:
      return undefined;
  }
}

function slosOfContract(contract: unknown, prefix: string) {
  const items = validateContract({ document: contract }).contract?.slos;
  return items
    ? { items, pathOf: (index: number) => `${prefix}slos[${index}]` }
    : undefined;
}
