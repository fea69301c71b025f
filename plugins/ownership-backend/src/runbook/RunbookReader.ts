import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  resolveSafeChildPath,
  type AuthService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { isError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CONTRACT_FILE_ANNOTATION,
  isInSameRepository,
  isRepositoryPath,
  runbookHref,
  type RunbookCheck,
  type RunbookContent,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readComponentDocument } from '../drift/store/readComponentDocument';
import type { ComponentDocument } from '../drift/ComponentDocument';
import { BadGatewayError } from './BadGatewayError';

/** A file of this machine that a path is relative to, or an address. */
type Place =
  | { file: string; address?: undefined }
  | { file?: undefined; address: string };

/** Largest runbook that is shown, in bytes. */
const MAX_BYTES = 512 * 1024;

const TOO_LARGE = 'it is larger than 512 kB';

/**
 * Reads runbooks that are Markdown files beside the declaration of their
 * component: through the URL reader of the portal and only in the same
 * repository, or from directories of this machine that are configured for it.
 * Other addresses are never shown, only opened by the URL reader to see whether
 * there is something.
 */
export class RunbookReader {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #urlReader: UrlReaderService;
  readonly #integrations: ScmIntegrationRegistry;
  readonly #localDirectories: string[];
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    catalog: CatalogService;
    auth: AuthService;
    urlReader: UrlReaderService;
    integrations: ScmIntegrationRegistry;
    /** Directories below which `file:` runbooks may be read; none by default. */
    localDirectories?: string[];
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#urlReader = options.urlReader;
    this.#integrations = options.integrations;
    this.#localDirectories = (options.localDirectories ?? []).map(directory =>
      resolve(directory),
    );
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * @throws NotFoundError where there is no such runbook or file,
   * NotAllowedError where the file may not be read, BadGatewayError where the
   * code host does not answer
   */
  async read(options: {
    entityRef: string;
    runbookId: string;
    signal: AbortSignal;
  }): Promise<RunbookContent> {
    const { entityRef, runbookId, signal } = options;
    const document = await readComponentDocument({
      knex: this.#knex,
      entityRef,
    });
    const runbook = document?.contract.runbooks?.find(
      ({ id }) => id === runbookId,
    );
    if (!document || !runbook) {
      throw new NotFoundError(`${entityRef} has no runbook "${runbookId}"`);
    }
    const [path] = runbook.url.split('#');
    if (!isRepositoryPath(path) || !/\.(?:md|markdown)$/i.test(path)) {
      throw new NotFoundError(
        `Runbook "${runbookId}" is not a Markdown file in the repository of ${entityRef}; open it at the place it names`,
      );
    }

    const entity = await this.#declaringEntity({ entityRef, document });
    const bytes = await this.#readFrom({ entity, path, signal });
    return {
      title: runbook.title,
      markdown: bytes.toString('utf8'),
      readAt: this.#now().toISOString(),
    };
  }

  /**
   * Whether there is a runbook where a component says: a file of its repository,
   * or a page that the URL reader of the portal may read. Opens it and throws away
   * what it reads.
   */
  async check(options: {
    entityRef: string;
    url: string;
    signal: AbortSignal;
  }): Promise<RunbookCheck> {
    const { url, signal } = options;
    const [path] = url.split('#');
    try {
      const place = await this.#placeOf({ ...options, path });
      try {
        if (place.file !== undefined) {
          await this.#statOf(
            this.#allowedFile({ base: place.file, path }),
            path,
          );
        } else {
          await this.#readUrl({ url: place.address, path, signal });
        }
      } catch (error) {
        if (isError(error) && error.name === 'NotFoundError') {
          return { state: 'gone', reason: error.message };
        }
        throw error;
      }
      return { state: 'found' };
    } catch (error) {
      return unknown(isError(error) ? error.message : String(error));
    }
  }

  /** @throws where nobody should look, or it is not known where */
  async #placeOf(options: {
    entityRef: string;
    /** A runbook's address without the part of the page. */
    path: string;
  }): Promise<Place> {
    const { entityRef, path } = options;
    const isAddress = URL.canParse(path) && /^https?:/i.test(path);
    if (!isAddress && !isRepositoryPath(path)) {
      throw new NotAllowedError('only files and web pages are opened');
    }
    const isAtCodeHost = isAddress && Boolean(this.#integrations.byUrl(path));
    if (isAddress && !isAtCodeHost) {
      return { address: path };
    }
    if (!/\.[a-z0-9]+$/i.test(path)) {
      // Asked for a directory as for a file, it says that there is none.
      throw new NotAllowedError('of a code host only files are opened');
    }
    const document = await readComponentDocument({
      knex: this.#knex,
      entityRef,
    });
    if (!document) {
      throw new NotFoundError(`${entityRef} is not known any more`);
    }
    const entity = await this.#declaringEntity({ entityRef, document });
    if (!isAtCodeHost) {
      return this.#locate({ entity, path });
    }
    const of = locationOf(entity)?.replace(/^url:/, '') ?? '';
    if (!isInSameRepository({ file: path, of })) {
      // Whoever writes a contract must not learn what else the portal may see,
      // and what it may not see a code host says is not there.
      throw new NotAllowedError('no other repository is opened');
    }
    return { address: path };
  }

  /** The entity whose file the path is relative to. */
  async #declaringEntity(options: {
    entityRef: string;
    document: ComponentDocument;
  }): Promise<Entity> {
    const { document } = options;
    const [source] = document.contractSources;
    const entityRef =
      document.contractStatus === 'valid' && source?.form === 'entity'
        ? source.entityRef
        : options.entityRef;
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      throw new NotFoundError(`${entityRef} is not in the catalog any more`);
    }
    return entity;
  }

  async #readFrom(options: {
    entity: Entity;
    path: string;
    signal: AbortSignal;
  }): Promise<Buffer> {
    const { path, signal } = options;
    const { file, address } = this.#locate(options);
    if (file !== undefined) {
      return this.#readFile({ base: file, path });
    }
    const bytes = await this.#readUrl({ url: address, path, signal });
    if (bytes.length > MAX_BYTES) {
      throw new NotAllowedError(`"${path}" is not shown: ${TOO_LARGE}`);
    }
    return bytes;
  }

  /** The file of this machine that the path is relative to, or the address it leads to. */
  #locate(options: { entity: Entity; path: string }): Place {
    const { entity, path } = options;
    const location = locationOf(entity);

    if (location?.startsWith('file:')) {
      return { file: location.slice('file:'.length) };
    }
    const base = location?.replace(/^url:/, '');
    // There is a link only where the path stays in the repository.
    const declaredThere = {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: { [ANNOTATION_LOCATION]: location ?? '' },
      },
    };
    if (!base || !runbookHref({ url: path, entity: declaredThere })) {
      throw new NotFoundError(
        `The path "${path}" leads out of the repository, or the repository is not known`,
      );
    }
    return { address: this.#integrations.resolveUrl({ url: path, base }) };
  }

  async #readFile(options: { base: string; path: string }): Promise<Buffer> {
    const { path } = options;
    const file = this.#allowedFile(options);
    const { size } = await this.#statOf(file, path);
    if (size > MAX_BYTES) {
      throw new NotAllowedError(`"${path}" is not shown: ${TOO_LARGE}`);
    }
    return readFile(file);
  }

  /** @throws NotAllowedError for a file that may not be read */
  #allowedFile(options: { base: string; path: string }): string {
    const { base, path } = options;
    const declaredIn = base.startsWith('//')
      ? fileURLToPath(`file:${base}`)
      : base;
    const target = resolve(dirname(declaredIn), path);
    // Follows symbolic links: what counts is where the file really is.
    const file = this.#localDirectories
      .map(directory => {
        try {
          return resolveSafeChildPath(directory, target);
        } catch {
          return undefined;
        }
      })
      .find(found => found !== undefined);
    if (!file) {
      throw new NotAllowedError(
        `The file "${path}" is not below a directory listed at ownership.runbooks.localDirectories`,
      );
    }
    return file;
  }

  /** @throws NotFoundError where there is no such file */
  async #statOf(file: string, path: string): Promise<{ size: number }> {
    try {
      const found = await stat(file);
      if (!found.isFile()) {
        throw new NotFoundError(`There is no file "${path}"`);
      }
      return found;
    } catch (error) {
      if (
        isError(error) &&
        (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      ) {
        throw new NotFoundError(`There is no file "${path}"`);
      }
      throw error;
    }
  }

  /** Stops reading once it is clear that the file is too large. */
  async #readUrl(options: {
    url: string;
    path: string;
    signal: AbortSignal;
  }): Promise<Buffer> {
    const { url, path, signal } = options;
    try {
      const response = await this.#urlReader.readUrl(url, { signal });
      if (!response.stream) {
        return await response.buffer();
      }
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of response.stream()) {
        chunks.push(Buffer.from(chunk));
        size += chunk.length;
        if (size > MAX_BYTES) {
          break;
        }
      }
      return Buffer.concat(chunks);
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') {
        throw new NotFoundError(`There is no file "${path}" at ${url}`);
      }
      if (isError(error) && error.name === 'NotAllowedError') {
        throw new NotAllowedError(
          `"${path}" may not be read: ${error.message}`,
        );
      }
      throw new BadGatewayError(`${url} could not be read`, error as Error);
    }
  }
}

/** Where an entity, or its contract, is declared. */
function locationOf({ metadata }: Entity): string | undefined {
  const annotations = metadata.annotations ?? {};
  return [
    annotations[CONTRACT_FILE_ANNOTATION],
    annotations[ANNOTATION_LOCATION],
    annotations[ANNOTATION_SOURCE_LOCATION],
  ].find(Boolean);
}

function unknown(reason: string): RunbookCheck {
  return { state: 'unknown', reason };
}
