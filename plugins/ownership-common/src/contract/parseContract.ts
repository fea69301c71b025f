import { readContractMarker } from './contractMarker';
import { contractSourcesOf, contractSubjectsOf } from './contractSources';
import { limitProblems } from './limitProblems';
import { readYaml, type YamlDocument } from './readYaml';
import type { ContractReading, Problem } from './types';
import { validateContract } from './validateContract';

/**
 * Reads a contract from YAML or JSON: the contract alone, or entities of which
 * at least one carries a contract inline or is of kind OwnershipContract.
 * Every problem has its line and column. With several contracts in the text
 * all are checked, and `contract` is the first of them.
 *
 * Texts above 1 MiB and texts that multiply themselves through aliases are
 * refused. Never throws.
 *
 * @public
 */
export function parseContract(options: { text: string }): ContractReading {
  const { documents, errors } = readYaml(options);
  const readings = documents
    .map(readDocument)
    .filter(reading => reading !== undefined);
  if (readings.length === 0 && errors.length === 0) {
    errors.push({
      path: '',
      message:
        'holds no contract; expected a contract (`tier`, `mission`, …), an entity with `spec.ownershipContract`, or one of kind OwnershipContract',
      line: 1,
      column: 1,
    });
  }
  errors.push(...readings.flatMap(reading => reading.errors));
  const contract = readings.find(reading => reading.contract)?.contract;
  return {
    ...(contract && errors.length === 0 ? { contract } : {}),
    errors: limitProblems(errors),
    warnings: limitProblems(readings.flatMap(reading => reading.warnings)),
  };
}

/** What a document says; `undefined` for an entity without a contract. */
function readDocument(document: YamlDocument): ContractReading | undefined {
  const found = findContract(document.value);
  if (!found) {
    return undefined;
  }
  if (readContractMarker(found.document)) {
    const warning = {
      path: found.path,
      message: 'is in a file of its own, which is checked on its own',
    };
    return { errors: [], warnings: [document.locate(warning)] };
  }
  const { contract, errors, warnings } = validateContract(found);
  const placed = (problem: Problem) =>
    document.locate({
      ...problem,
      path: [found.path, problem.path].filter(part => part !== '').join('.'),
    });
  return {
    contract,
    errors: [...found.errors.map(document.locate), ...errors.map(placed)],
    warnings: warnings.map(placed),
  };
}

/** The contract in a document, and the path to it; `undefined` for an entity without. */
function findContract(
  value: unknown,
): { document: unknown; path: string; errors: Problem[] } | undefined {
  const envelope = value as Record<string, any>;
  const isEntity =
    typeof value === 'object' &&
    typeof envelope.apiVersion === 'string' &&
    typeof envelope.kind === 'string';
  if (!isEntity) {
    return { document: value, path: '', errors: [] };
  }
  const entity = {
    apiVersion: envelope.apiVersion,
    kind: envelope.kind,
    metadata: { name: String(envelope.metadata?.name ?? 'unnamed') },
    spec: isPlain(envelope.spec) ? (envelope.spec as object) : undefined,
  };
  const [source] = contractSourcesOf(entity);
  if (!source) {
    return undefined;
  }
  if (source.form !== 'entity') {
    return {
      document: source.document,
      path: 'spec.ownershipContract',
      errors: [],
    };
  }
  return {
    document: source.document,
    path: entity.spec && 'contract' in entity.spec ? 'spec.contract' : 'spec',
    errors: contractSubjectsOf(entity).errors.map(message => ({
      path: 'spec.subjects',
      message,
    })),
  };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
