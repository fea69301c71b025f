import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  resolveSafeChildPath,
  type LoggerService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  isInSameRepository,
  isRepositoryPath,
} from '@service-ownership/backstage-plugin-ownership-common';
import { ContractFileError } from './ContractFileError';

/** Largest file that is read, in bytes. */
const MAX_BYTES = 1024 * 1024;
/** Files above this many characters are not kept for outages. */
const MAX_REMEMBERED = 256 * 1024;
/** Longer than this no file is waited for. */
const TIMEOUT_MS = 30_000;

const TOO_LARGE = 'is too large: at most 1 MiB';

/** Text of the files an entity needed last, by location, with their ETags. */
export type FileMemory = Record<string, { text: string; etag?: string }>;

/** A file as read. */
export interface ContractFile {
  text: string;
  /** `url:https://…` or `file:/…`. */
  location: string;
}

/**
 * Reads files that contracts are kept in: from a code host within the
 * repository of the entity, or from disk within the directory of the catalog
 * file. An outage of the code host is bridged with the text read last.
 */
export class ContractFiles {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #logger: LoggerService;
  readonly #reader: UrlReaderService;

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    logger: LoggerService;
    reader: UrlReaderService;
  }) {
    this.#integrations = options.integrations;
    this.#logger = options.logger;
    this.#reader = options.reader;
  }

  /**
   * @throws ContractFileError with the reason in words
   */
  async read(options: {
    /** A path relative to `from`, or an address in the same repository. */
    reference: unknown;
    /** Location of the file that names it. */
    from: { type: string; target: string };
    memory: { known: FileMemory; used: FileMemory };
  }): Promise<ContractFile> {
    const { reference, from } = options;
    if (typeof reference !== 'string' || reference === '') {
      throw new ContractFileError({
        kind: 'invalid',
        message:
          'The contract is to be read from a file, but no file is named; expected a path such as ./ownership.yaml',
      });
    }
    switch (from.type) {
      case 'file':
        return this.#readFromDisk(reference, from.target);
      case 'url':
        return this.#readFromHost(reference, from.target, options.memory);
      default:
        throw new ContractFileError({
          kind: 'invalid',
          message: `The contract cannot be read from ${reference}: the entity comes from a location of type ${from.type}, and files are read beside locations of type url or file. Write the contract inline`,
        });
    }
  }

  async #readFromDisk(reference: string, base: string): Promise<ContractFile> {
    let path: string;
    try {
      if (!isRepositoryPath(reference)) {
        throw new TypeError('not a relative path');
      }
      path = resolveSafeChildPath(dirname(base), reference);
    } catch {
      throw new ContractFileError({
        kind: 'invalid',
        message: `The contract is to be read from ${reference}, which is not in the directory of the catalog file; expected a path such as ./ownership.yaml`,
      });
    }
    try {
      if ((await stat(path)).size > MAX_BYTES) {
        throw new ContractFileError({
          kind: 'invalid',
          message: `The contract file ${reference} ${TOO_LARGE}`,
        });
      }
      return { text: await readFile(path, 'utf8'), location: `file:${path}` };
    } catch (error) {
      throw this.#asContractFileError(reference, error);
    }
  }

  async #readFromHost(
    reference: string,
    base: string,
    memory: { known: FileMemory; used: FileMemory },
  ): Promise<ContractFile> {
    const url = this.#resolve(reference, base);
    const location = `url:${url}`;
    const known = Object.hasOwn(memory.known, location)
      ? memory.known[location]
      : undefined;
    const remember = (text: string, etag?: string) => {
      if (text.length <= MAX_REMEMBERED) {
        memory.used[location] = { text, ...(etag ? { etag } : {}) };
      }
      return { text, location };
    };
    try {
      const response = await this.#reader.readUrl(url, {
        etag: known?.etag,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const content = await response.buffer();
      if (content.length > MAX_BYTES) {
        throw new ContractFileError({
          kind: 'invalid',
          message: `The contract file ${reference} ${TOO_LARGE}`,
        });
      }
      return remember(content.toString('utf8'), response.etag);
    } catch (error) {
      if (known && isError(error) && error.name === 'NotModifiedError') {
        return remember(known.text, known.etag);
      }
      const failure = this.#asContractFileError(reference, error);
      if (known && failure.kind === 'unreachable') {
        return remember(known.text, known.etag);
      }
      throw failure;
    }
  }

  #resolve(reference: string, base: string): string {
    try {
      const url = this.#integrations.resolveUrl({ url: reference, base });
      if (isInSameRepository({ file: url, of: base })) {
        return url;
      }
    } catch {
      // Not an address: the same message says what is.
    }
    throw new ContractFileError({
      kind: 'invalid',
      message: `The contract is to be read from ${reference}, which is not in the repository of the entity; expected a path such as ./ownership.yaml`,
    });
  }

  #asContractFileError(reference: string, error: unknown): ContractFileError {
    if (error instanceof ContractFileError) {
      return error;
    }
    const name = isError(error) ? error.name : '';
    const code = isError(error) ? String(error.code ?? '') : '';
    if (
      name === 'NotFoundError' ||
      ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)
    ) {
      return new ContractFileError({
        kind: 'invalid',
        message: `The contract file ${reference} is not there`,
      });
    }
    if (name === 'NotAllowedError' || name === 'InputError') {
      return new ContractFileError({
        kind: 'invalid',
        message: `The contract file ${reference} may not be read by this portal: ${stringifyError(
          error,
        )}`,
      });
    }
    this.#logger.warn(
      `A contract could not be fetched from ${reference}: ${stringifyError(
        error,
      )}`,
    );
    // Without details, which may differ from pass to pass: the entity is only
    // stitched anew when what is known changes.
    return new ContractFileError({
      kind: 'unreachable',
      message: `The contract file ${reference} could not be fetched just now`,
    });
  }
}
