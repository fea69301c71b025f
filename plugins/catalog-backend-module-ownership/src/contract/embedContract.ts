import type { Entity } from '@backstage/catalog-model';
import type { JsonValue } from '@backstage/types';
import {
  processingResult,
  type CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import {
  CONTRACT_FILE_ANNOTATION,
  contractMarker,
  contractSourcesOf,
  inspectDocument,
  readYaml,
  validateContract,
  type Problem,
} from '@service-ownership/backstage-plugin-ownership-common';
import { ContractFileError } from './ContractFileError';
import type { ContractFiles, FileMemory } from './ContractFiles';
import {
  expandPlaceholders,
  locationOf,
  readPlaceholder,
  readPlaceholderFile,
  type ReadingContext,
} from './expandPlaceholders';
import { isOwnershipContract } from './isOwnershipContract';

/** Where a contract stood, and what it says. */
interface ReadContract {
  document: unknown;
  /** Location of its file, where it has one. */
  location?: string;
}

/**
 * The entity with its contract in it, read from its file where it has one.
 * Where the contract cannot be used as data, a marker with the reason stands in
 * its place; the entity itself is never touched by that.
 */
export async function embedContract(options: {
  entity: Entity;
  location: { type: string; target: string };
  files: ContractFiles;
  memory: { known: FileMemory; used: FileMemory };
  emit: CatalogProcessorEmit;
}): Promise<Entity> {
  const { entity, location, files, memory, emit } = options;
  const [source] = contractSourcesOf(entity);
  if (!source) {
    return withContractFile(entity, undefined);
  }
  const context: ReadingContext = {
    files,
    memory,
    count: 0,
    onFile: file => emit(processingResult.refresh(file)),
  };
  let read: ReadContract;
  try {
    read = await readContract({
      document: source.document,
      from: location,
      context,
    });
  } catch (error) {
    if (!(error instanceof ContractFileError)) {
      throw error;
    }
    read = { document: contractMarker(error) };
  }
  return withContractFile(placeContract(entity, read), read.location);
}

async function readContract(options: {
  document: unknown;
  from: { type: string; target: string };
  context: ReadingContext;
}): Promise<ReadContract> {
  const { from, context } = options;
  const placeholder = readPlaceholder(options.document);
  if (placeholder) {
    return readContractFile({ placeholder, from, context });
  }
  const written = usable(inspectDocument(options));
  const value = await expandPlaceholders({ value: written, from, context });
  return { document: usable(inspectDocument({ document: value })) };
}

async function readContractFile(options: {
  placeholder: { key: string; reference: unknown };
  from: { type: string; target: string };
  context: ReadingContext;
}): Promise<ReadContract> {
  const { placeholder, from, context } = options;
  const file = await readPlaceholderFile({ placeholder, from, context });
  const name = `The contract file ${placeholder.reference}`;
  const { documents, errors } = readYaml(file);
  if (errors.length > 0) {
    throw invalid(name, errors);
  }
  const [document, ...others] = documents;
  if (!document || others.length > 0) {
    throw new ContractFileError({
      kind: 'invalid',
      message: `${name} holds ${documents.length} documents; expected exactly one`,
    });
  }
  const inspected = inspectDocument({ document: document.value });
  if (inspected.errors.length > 0) {
    throw invalid(name, inspected.errors.map(document.locate));
  }
  const value = await expandPlaceholders({
    value: inspected.document,
    from: locationOf(file),
    context,
  });
  const reading = validateContract({ document: value });
  if (reading.errors.length > 0) {
    throw invalid(name, reading.errors.map(document.locate));
  }
  return { document: value, location: file.location };
}

function usable(inspected: ReturnType<typeof inspectDocument>): unknown {
  if (inspected.errors.length > 0) {
    throw invalid('The contract', inspected.errors);
  }
  return inspected.document;
}

function invalid(name: string, problems: Problem[]): ContractFileError {
  const [{ path, line, column, message }, ...others] = problems;
  const place = [
    line === undefined ? '' : `line ${line}, column ${column}`,
    path,
  ].filter(part => part !== '');
  return new ContractFileError({
    kind: 'invalid',
    message: [
      `${[name, ...place].join(', ')}: ${message}`,
      others.length > 0 ? ` (and ${others.length} more)` : '',
    ].join(''),
    problems: problems.slice(0, 101),
  });
}

function placeContract(entity: Entity, { document }: ReadContract): Entity {
  if (!isOwnershipContract(entity)) {
    return {
      ...entity,
      spec: { ...entity.spec, ownershipContract: document as JsonValue },
    };
  }
  const { owner, subjects } = entity.spec ?? {};
  const wasApart = entity.spec?.contract !== undefined;
  const failed = readPlaceholder(document)?.key === '$error';
  if (!wasApart && !failed) {
    // Fields beside `owner` and `subjects`, perhaps with placeholders read.
    return { ...entity, spec: { ...entity.spec, ...(document as object) } };
  }
  return {
    ...entity,
    spec: {
      ...(owner === undefined ? {} : { owner }),
      ...(subjects === undefined ? {} : { subjects }),
      contract: document as JsonValue,
    },
  };
}

function withContractFile(
  entity: Entity,
  location: string | undefined,
): Entity {
  const { [CONTRACT_FILE_ANNOTATION]: claimed, ...annotations } =
    entity.metadata.annotations ?? {};
  if (location === undefined && claimed === undefined) {
    return entity;
  }
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations:
        location === undefined
          ? annotations
          : { ...annotations, [CONTRACT_FILE_ANNOTATION]: location },
    },
  };
}
