import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { OwnershipApi } from './OwnershipApi';

type QueryValue = string | number | boolean | undefined | readonly QueryValue[];

/**
 * Calls the ownership backend.
 *
 * @public
 */
export class OwnershipClient implements OwnershipApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetch = options.fetchApi?.fetch ?? fetch;
  }

  getEntity: OwnershipApi['getEntity'] = entityRef =>
    this.#json('GET', entityPath(entityRef));

  getEntitiesByRefs: OwnershipApi['getEntitiesByRefs'] = entityRefs =>
    this.#json('POST', '/entities/by-refs', { body: { entityRefs } });

  listEntities: OwnershipApi['listEntities'] = query =>
    this.#json('GET', '/entities', { query });

  attest: OwnershipApi['attest'] = (entityRef, request) =>
    this.#json('POST', `${entityPath(entityRef)}/attestations`, {
      body: request ?? {},
    });

  getContract: OwnershipApi['getContract'] = entityRef =>
    this.#json('GET', `${entityPath(entityRef)}/contract`);

  validateContract: OwnershipApi['validateContract'] = document =>
    this.#json('POST', '/contracts/validate', { body: { document } });

  getRunbookContent: OwnershipApi['getRunbookContent'] = (
    entityRef,
    runbookId,
  ) =>
    this.#json(
      'GET',
      `${entityPath(entityRef)}/runbooks/${encodeURIComponent(
        runbookId,
      )}/content`,
    );

  listFindings: OwnershipApi['listFindings'] = query =>
    this.#json('GET', '/drift/findings', { query });

  getFinding: OwnershipApi['getFinding'] = id =>
    this.#json('GET', findingPath(id));

  waiveFinding: OwnershipApi['waiveFinding'] = (id, request) =>
    this.#json('POST', `${findingPath(id)}/waivers`, { body: request });

  withdrawWaiver: OwnershipApi['withdrawWaiver'] = id =>
    this.#json('DELETE', `${findingPath(id)}/waivers`);

  acknowledgeFinding: OwnershipApi['acknowledgeFinding'] = (id, request) =>
    this.#json('POST', `${findingPath(id)}/acknowledgements`, {
      body: request ?? {},
    });

  getDriftSummary: OwnershipApi['getDriftSummary'] = query =>
    this.#json('GET', '/drift/summary', { query });

  getDriftHistory: OwnershipApi['getDriftHistory'] = query =>
    this.#json('GET', '/drift/history', { query });

  listTombstones: OwnershipApi['listTombstones'] = query =>
    this.#json('GET', '/drift/tombstones', { query });

  downloadReport: OwnershipApi['downloadReport'] = async query => {
    const response = await this.#request('GET', '/drift/report', { query });
    const named = /filename="([^"]+)"/.exec(
      response.headers.get('content-disposition') ?? '',
    );
    return {
      filename: named?.[1] ?? `drift-report.${query.format}`,
      blob: await response.blob(),
    };
  };

  startScan: OwnershipApi['startScan'] = () =>
    this.#json('POST', '/drift/scans', { body: {} });

  getScan: OwnershipApi['getScan'] = id =>
    this.#json('GET', `/drift/scans/${encodeURIComponent(id)}`);

  listScans: OwnershipApi['listScans'] = query =>
    this.#json('GET', '/drift/scans', { query });

  listRules: OwnershipApi['listRules'] = () =>
    this.#json('GET', '/drift/rules');

  listSlos: OwnershipApi['listSlos'] = query =>
    this.#json('GET', '/slos', { query });

  getSlo: OwnershipApi['getSlo'] = (entityRef, slo) =>
    this.#json('GET', sloPath(entityRef, slo));

  getSloHistory: OwnershipApi['getSloHistory'] = (entityRef, slo, query) =>
    this.#json('GET', `${sloPath(entityRef, slo)}/history`, { query });

  pushSamples: OwnershipApi['pushSamples'] = push =>
    this.#json('POST', '/slis/samples', { body: push });

  listScorecards: OwnershipApi['listScorecards'] = () =>
    this.#json('GET', '/scorecards');

  listScorecardResults: OwnershipApi['listScorecardResults'] = (id, query) =>
    this.#json('GET', `${scorecardPath(id)}/results`, { query });

  getScorecardRollup: OwnershipApi['getScorecardRollup'] = (id, query) =>
    this.#json('GET', `${scorecardPath(id)}/rollup`, { query });

  getScorecardHistory: OwnershipApi['getScorecardHistory'] = (id, query) =>
    this.#json('GET', `${scorecardPath(id)}/history`, { query });

  getOverview: OwnershipApi['getOverview'] = query =>
    this.#json('GET', '/overview', { query });

  async #json(
    method: string,
    path: string,
    options?: { query?: object; body?: unknown },
  ) {
    return (await this.#request(method, path, options)).json();
  }

  async #request(
    method: string,
    path: string,
    options?: { query?: object; body?: unknown },
  ): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('ownership');
    const response = await this.#fetch(
      `${baseUrl}${path}${queryString(options?.query)}`,
      {
        method,
        ...(options?.body !== undefined && {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(options.body),
        }),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/entities/${[kind, namespace, name]
    .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
    .join('/')}`;
}

function sloPath(entityRef: string, slo: string): string {
  return `${entityPath(entityRef).replace(
    '/entities/',
    '/slos/',
  )}/${encodeURIComponent(slo)}`;
}

function findingPath(id: string): string {
  return `/drift/findings/${encodeURIComponent(id)}`;
}

function scorecardPath(id: string): string {
  return `/scorecards/${encodeURIComponent(id)}`;
}

function queryString(query: object = {}): string {
  const parameters = new URLSearchParams();
  const add = (name: string, value: QueryValue) => {
    if (Array.isArray(value)) {
      value.forEach(item => add(name, item));
    } else if (value !== undefined && value !== '') {
      parameters.append(name, String(value));
    }
  };
  Object.entries(query).forEach(([name, value]) => add(name, value));
  const text = parameters.toString();
  return text ? `?${text}` : '';
}
