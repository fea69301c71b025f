import type { Entity } from '@backstage/catalog-model';
import {
  OwnershipClient,
  SLO_ENTITY_KINDS,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Shell } from '../command/Shell';
import { showControls } from '../command/showControls';
import { UsageError } from '../command/UsageError';

/** Refs asked for in one call. */
const BATCH = 500;
/** Names asked for in one call: they are part of the address. */
const NAMES = 50;
/** An answer has to begin within this time, in milliseconds. */
const TIMEOUT_MS = 60_000;
const IS_IT_A_PORTAL = 'Is it the address of a Backstage portal?';

/**
 * A running portal, as far as the commands ask it.
 *
 * @internal
 */
export class Portal {
  readonly #shell: Shell;
  readonly #token?: string;
  /** Without a slash at the end. */
  readonly url: string;
  readonly ownership: OwnershipClient;

  private constructor(options: { url: string; token?: string; shell: Shell }) {
    this.url = options.url;
    this.#token = options.token;
    this.#shell = options.shell;
    this.ownership = new OwnershipClient({
      discoveryApi: { getBaseUrl: async id => `${this.url}/api/${id}` },
      fetchApi: {
        fetch: (input, init) => this.#requestJson(String(input), init),
      },
    });
  }

  /**
   * Does not ask anything yet.
   *
   * @throws UsageError for what is no address
   */
  static connect(options: {
    url?: string;
    token?: string;
    shell: Shell;
  }): Portal {
    const { shell } = options;
    const address = options.url ?? shell.env.OWNERSHIP_URL;
    if (!address) {
      throw new UsageError(
        'The address of the portal is missing: give --url https://portal.example.org or set OWNERSHIP_URL.',
      );
    }
    let url: URL;
    try {
      url = new URL(address);
    } catch {
      throw new UsageError(
        `--url is an address such as https://portal.example.org, not ${JSON.stringify(
          // Whatever is wrong with it, a password in it is told to nobody.
          address.replace(/\/\/.*@/s, '//…@'),
        )}`,
      );
    }
    if (!['http:', 'https:'].includes(url.protocol) || url.username) {
      throw new UsageError(
        '--url is an address with https:// or http:// and without a password',
      );
    }
    const token = (options.token ?? shell.env.OWNERSHIP_TOKEN)?.trim();
    if (token && !/^[\x21-\x7e]+$/.test(token)) {
      // The message of fetch would have the token in it.
      throw new UsageError(
        'The token has a blank, a line end or a letter that no token has: was all of it copied, and nothing else?',
      );
    }
    return new Portal({
      url: `${url.origin}${url.pathname}`.replace(/\/(?:api\/?)?$/, ''),
      token: token || undefined,
      shell,
    });
  }

  /**
   * Fetches a file of the portal.
   *
   * @throws Error where something else comes: a portal answers with its pages
   *   wherever it knows nothing, and nobody may take one of them for a report
   */
  async download(address: string): Promise<Response['body']> {
    const response = await this.#request(address);
    const disposition = response.headers.get('content-disposition') ?? '';
    if (!disposition.startsWith('attachment')) {
      await response.body?.cancel();
      throw new Error(
        `${this.url} gave an answer that is no report. ${IS_IT_A_PORTAL}`,
      );
    }
    return response.body;
  }

  /** Those of the refs that name nothing in the portal's catalog. */
  async missingEntities(refs: readonly string[]): Promise<Set<string>> {
    const missing = new Set<string>();
    for (let start = 0; start < refs.length; start += BATCH) {
      const entityRefs = refs.slice(start, start + BATCH);
      const response = await this.#request(
        `${this.url}/api/catalog/entities/by-refs`,
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ entityRefs, fields: ['kind'] }),
        },
      );
      const { items } = (await this.#json(response)) as { items?: unknown };
      if (!Array.isArray(items) || items.length !== entityRefs.length) {
        throw new Error(
          `${this.url} gave an answer that is not a catalog's. ${IS_IT_A_PORTAL}`,
        );
      }
      entityRefs.forEach((ref, index) => {
        if (!items[index]) {
          missing.add(ref);
        }
      });
    }
    return missing;
  }

  /** The entities that hold SLOs and have one of the names, in any namespace. */
  async sloEntities(refs: readonly string[]): Promise<Entity[]> {
    const names = new Set(
      refs
        .map(ref => ref.split(/[:/]/).pop()!.toLocaleLowerCase('en-US'))
        // Others are no names, and would be read as more of the filter.
        .filter(name => /^[a-z0-9._-]{1,63}$/.test(name)),
    );
    const all = [...names];
    const found: Entity[] = [];
    for (let start = 0; start < all.length; start += NAMES) {
      const filter = [
        ...SLO_ENTITY_KINDS.map(kind => `kind=${kind}`),
        ...all.slice(start, start + NAMES).map(name => `metadata.name=${name}`),
      ].join(',');
      const query = new URLSearchParams({
        filter,
        fields: 'apiVersion,kind,metadata.name,metadata.namespace',
        limit: '500',
      });
      const response = await this.#request(
        `${this.url}/api/catalog/entities/by-query?${query}`,
      );
      const { items } = (await this.#json(response)) as { items?: Entity[] };
      if (!Array.isArray(items)) {
        throw new Error(
          `${this.url} gave an answer that is not a catalog's. ${IS_IT_A_PORTAL}`,
        );
      }
      found.push(...items);
    }
    return found;
  }

  /**
   * Calls an address of the portal with the token.
   *
   * @throws Error in words where there is no answer, or one that is a refusal
   */
  async #request(address: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#token) {
      headers.set('Authorization', `Bearer ${this.#token}`);
    }
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
    let response: Response;
    try {
      response = await this.#shell.fetch(address, {
        ...init,
        headers,
        signal: controller.signal,
        // A portal that wants somebody to sign in sends them elsewhere.
        redirect: 'manual',
      });
    } catch (error) {
      throw new Error(`${this.url} does not answer: ${reasonOf(error)}`);
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) {
      throw new Error(await this.#describeRefusal(address, response));
    }
    return response;
  }

  async #requestJson(address: string, init?: RequestInit): Promise<Response> {
    const response = await this.#request(address, init);
    if (!response.headers.get('content-type')?.includes('json')) {
      await response.body?.cancel();
      throw new Error(
        `${this.url} gave an answer that is not JSON. ${IS_IT_A_PORTAL}`,
      );
    }
    return Response.json(await this.#json(response));
  }

  async #json(response: Response): Promise<object> {
    let answer: unknown;
    try {
      answer = await response.json();
    } catch {
      throw new Error(
        `${this.url} gave an answer that is not JSON. ${IS_IT_A_PORTAL}`,
      );
    }
    if (typeof answer !== 'object' || answer === null) {
      throw new Error(
        `${this.url} gave an answer that says nothing. ${IS_IT_A_PORTAL}`,
      );
    }
    return answer;
  }

  async #describeRefusal(address: string, response: Response): Promise<string> {
    const { status } = response;
    if (status === 401) {
      return this.#token
        ? `${this.url} does not accept the token (401).`
        : `${this.url} wants a token (401): give --token or set OWNERSHIP_TOKEN.`;
    }
    if (status === 403) {
      return `${
        this.url
      } does not permit this with the token that was given (403): ${
        address.includes('/api/catalog/')
          ? 'it has to be allowed to read the catalog'
          : 'it has to be allowed to use the plugin ownership'
      }.`;
    }
    if (status >= 300 && status < 400) {
      return `${this.url} sends us elsewhere (${status} to ${showControls(
        response.headers.get('location') ?? 'nowhere',
      )}). Give the address it answers at.`;
    }
    return `${this.url} answers ${status}${await detailOf(response)}`;
  }
}

async function detailOf(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { error?: { message?: unknown } };
    const message = body.error?.message;
    return typeof message === 'string' ? `: ${message.slice(0, 500)}` : '.';
  } catch {
    return '.';
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') {
    return `nothing came within ${TIMEOUT_MS / 1000} s`;
  }
  const cause = (error as { cause?: { code?: string; message?: string } })
    .cause;
  if (/CERT|SIGNATURE/.test(cause?.code ?? '')) {
    return `its certificate is not trusted here (${cause?.code}). Name the one it is signed with in NODE_EXTRA_CA_CERTS`;
  }
  return (
    cause?.code ??
    cause?.message ??
    (error instanceof Error ? error.message : String(error))
  );
}
