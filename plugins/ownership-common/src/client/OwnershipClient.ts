import { ResponseError } from '@backstage/errors';
import type { OwnershipApi } from './OwnershipApi';
import {
  entityPath,
  findingPath,
  handoverPath,
  initiativePath,
  scorecardPath,
  sloPath,
} from './paths';
import { queryString } from './queryString';

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

  /** {@inheritDoc OwnershipApi.getEntity} */
  getEntity: OwnershipApi['getEntity'] = entityRef =>
    this.#json('GET', entityPath(entityRef));

  /** {@inheritDoc OwnershipApi.getEntitiesByRefs} */
  getEntitiesByRefs: OwnershipApi['getEntitiesByRefs'] = entityRefs =>
    this.#json('POST', '/entities/by-refs', { body: { entityRefs } });

  /** {@inheritDoc OwnershipApi.listEntities} */
  listEntities: OwnershipApi['listEntities'] = query =>
    this.#json('GET', '/entities', { query });

  /** {@inheritDoc OwnershipApi.listBadges} */
  listBadges: OwnershipApi['listBadges'] = entityRef =>
    this.#json('GET', `${entityPath(entityRef)}/badges`);

  /** {@inheritDoc OwnershipApi.attest} */
  attest: OwnershipApi['attest'] = (entityRef, request) =>
    this.#json('POST', `${entityPath(entityRef)}/attestations`, {
      body: request ?? {},
    });

  /** {@inheritDoc OwnershipApi.attestAll} */
  attestAll: OwnershipApi['attestAll'] = request =>
    this.#json('POST', '/attestations', { body: request });

  /** {@inheritDoc OwnershipApi.getOwnerSuggestions} */
  getOwnerSuggestions: OwnershipApi['getOwnerSuggestions'] = entityRef =>
    this.#json('GET', `${entityPath(entityRef)}/owner-suggestions`);

  /** {@inheritDoc OwnershipApi.acceptOwner} */
  acceptOwner: OwnershipApi['acceptOwner'] = (entityRef, request) =>
    this.#json('POST', `${entityPath(entityRef)}/owner-suggestions/accept`, {
      body: request,
    });

  /** {@inheritDoc OwnershipApi.rejectOwner} */
  rejectOwner: OwnershipApi['rejectOwner'] = (entityRef, request) =>
    this.#json('POST', `${entityPath(entityRef)}/owner-suggestions/reject`, {
      body: request,
    });

  /** {@inheritDoc OwnershipApi.getContract} */
  getContract: OwnershipApi['getContract'] = entityRef =>
    this.#json('GET', `${entityPath(entityRef)}/contract`);

  /** {@inheritDoc OwnershipApi.validateContract} */
  validateContract: OwnershipApi['validateContract'] = document =>
    this.#json('POST', '/contracts/validate', { body: { document } });

  /** {@inheritDoc OwnershipApi.getRunbookContent} */
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

  /** {@inheritDoc OwnershipApi.listFindings} */
  listFindings: OwnershipApi['listFindings'] = query =>
    this.#json('GET', '/drift/findings', { query });

  /** {@inheritDoc OwnershipApi.getFinding} */
  getFinding: OwnershipApi['getFinding'] = id =>
    this.#json('GET', findingPath(id));

  /** {@inheritDoc OwnershipApi.waiveFinding} */
  waiveFinding: OwnershipApi['waiveFinding'] = (id, request) =>
    this.#json('POST', `${findingPath(id)}/waivers`, { body: request });

  /** {@inheritDoc OwnershipApi.withdrawWaiver} */
  withdrawWaiver: OwnershipApi['withdrawWaiver'] = id =>
    this.#json('DELETE', `${findingPath(id)}/waivers`);

  /** {@inheritDoc OwnershipApi.approveWaiver} */
  approveWaiver: OwnershipApi['approveWaiver'] = (id, request) =>
    this.#json('POST', `${findingPath(id)}/waivers/approve`, {
      body: request ?? {},
    });

  /** {@inheritDoc OwnershipApi.rejectWaiver} */
  rejectWaiver: OwnershipApi['rejectWaiver'] = (id, request) =>
    this.#json('POST', `${findingPath(id)}/waivers/reject`, { body: request });

  /** {@inheritDoc OwnershipApi.commentFinding} */
  commentFinding: OwnershipApi['commentFinding'] = (id, request) =>
    this.#json('POST', `${findingPath(id)}/comments`, { body: request });

  /** {@inheritDoc OwnershipApi.deleteComment} */
  deleteComment: OwnershipApi['deleteComment'] = (id, comment) =>
    this.#json(
      'DELETE',
      `${findingPath(id)}/comments/${encodeURIComponent(comment)}`,
    );

  /** {@inheritDoc OwnershipApi.assignFinding} */
  assignFinding: OwnershipApi['assignFinding'] = (id, request) =>
    this.#json('PUT', `${findingPath(id)}/assignee`, { body: request });

  /** {@inheritDoc OwnershipApi.changeFindings} */
  changeFindings: OwnershipApi['changeFindings'] = request =>
    this.#json('POST', '/drift/findings/bulk', { body: request });

  /** {@inheritDoc OwnershipApi.acknowledgeFinding} */
  acknowledgeFinding: OwnershipApi['acknowledgeFinding'] = (id, request) =>
    this.#json('POST', `${findingPath(id)}/acknowledgements`, {
      body: request ?? {},
    });

  /** {@inheritDoc OwnershipApi.getDriftSummary} */
  getDriftSummary: OwnershipApi['getDriftSummary'] = query =>
    this.#json('GET', '/drift/summary', { query });

  /** {@inheritDoc OwnershipApi.getDriftHistory} */
  getDriftHistory: OwnershipApi['getDriftHistory'] = query =>
    this.#json('GET', '/drift/history', { query });

  /** {@inheritDoc OwnershipApi.listTombstones} */
  listTombstones: OwnershipApi['listTombstones'] = query =>
    this.#json('GET', '/drift/tombstones', { query });

  /** {@inheritDoc OwnershipApi.downloadReport} */
  downloadReport: OwnershipApi['downloadReport'] = query =>
    this.#file('/drift/report', query);

  /** {@inheritDoc OwnershipApi.downloadTable} */
  downloadTable: OwnershipApi['downloadTable'] = ({ path, query, format }) =>
    this.#file(path, { ...query, format });

  /** {@inheritDoc OwnershipApi.startScan} */
  startScan: OwnershipApi['startScan'] = () =>
    this.#json('POST', '/drift/scans', { body: {} });

  /** {@inheritDoc OwnershipApi.getScan} */
  getScan: OwnershipApi['getScan'] = id =>
    this.#json('GET', `/drift/scans/${encodeURIComponent(id)}`);

  /** {@inheritDoc OwnershipApi.cancelScan} */
  cancelScan: OwnershipApi['cancelScan'] = id =>
    this.#json('POST', `/drift/scans/${encodeURIComponent(id)}/cancel`, {
      body: {},
    });

  /** {@inheritDoc OwnershipApi.listScans} */
  listScans: OwnershipApi['listScans'] = query =>
    this.#json('GET', '/drift/scans', { query });

  /** {@inheritDoc OwnershipApi.listRules} */
  listRules: OwnershipApi['listRules'] = () =>
    this.#json('GET', '/drift/rules');

  /** {@inheritDoc OwnershipApi.dryRunRules} */
  dryRunRules: OwnershipApi['dryRunRules'] = change =>
    this.#json('POST', '/drift/rules/dry-run', { body: change });

  /** {@inheritDoc OwnershipApi.listDriftViews} */
  listDriftViews: OwnershipApi['listDriftViews'] = () =>
    this.#json('GET', '/drift/views');

  /** {@inheritDoc OwnershipApi.createDriftView} */
  createDriftView: OwnershipApi['createDriftView'] = request =>
    this.#json('POST', '/drift/views', { body: request });

  /** {@inheritDoc OwnershipApi.changeDriftView} */
  changeDriftView: OwnershipApi['changeDriftView'] = (id, change) =>
    this.#json('PATCH', `/drift/views/${encodeURIComponent(id)}`, {
      body: change,
    });

  /** {@inheritDoc OwnershipApi.deleteDriftView} */
  deleteDriftView: OwnershipApi['deleteDriftView'] = async id => {
    await this.#request('DELETE', `/drift/views/${encodeURIComponent(id)}`);
  };

  /** {@inheritDoc OwnershipApi.listAliases} */
  listAliases: OwnershipApi['listAliases'] = () =>
    this.#json('GET', '/directory/aliases');

  /** {@inheritDoc OwnershipApi.suggestAliases} */
  suggestAliases: OwnershipApi['suggestAliases'] = from =>
    this.#json('GET', '/directory/aliases/suggestions', { query: { from } });

  /** {@inheritDoc OwnershipApi.putAlias} */
  putAlias: OwnershipApi['putAlias'] = request =>
    this.#json('PUT', '/directory/aliases', { body: request });

  /** {@inheritDoc OwnershipApi.deleteAlias} */
  deleteAlias: OwnershipApi['deleteAlias'] = async from => {
    await this.#request('DELETE', '/directory/aliases', { query: { from } });
  };

  /** {@inheritDoc OwnershipApi.listSlos} */
  listSlos: OwnershipApi['listSlos'] = query =>
    this.#json('GET', '/slos', { query });

  /** {@inheritDoc OwnershipApi.getSloRollup} */
  getSloRollup: OwnershipApi['getSloRollup'] = query =>
    this.#json('GET', '/slos/rollup', { query });

  /** {@inheritDoc OwnershipApi.getSlo} */
  getSlo: OwnershipApi['getSlo'] = (entityRef, slo) =>
    this.#json('GET', sloPath(entityRef, slo));

  /** {@inheritDoc OwnershipApi.getSloDiscovery} */
  getSloDiscovery: OwnershipApi['getSloDiscovery'] = () =>
    this.#json('GET', '/slos/discovery');

  /** {@inheritDoc OwnershipApi.getSloHistory} */
  getSloHistory: OwnershipApi['getSloHistory'] = (entityRef, slo, query) =>
    this.#json('GET', `${sloPath(entityRef, slo)}/history`, { query });

  /** {@inheritDoc OwnershipApi.listSloExclusions} */
  listSloExclusions: OwnershipApi['listSloExclusions'] = (entityRef, slo) =>
    this.#json('GET', `${sloPath(entityRef, slo)}/exclusions`);

  /** {@inheritDoc OwnershipApi.addSloExclusion} */
  addSloExclusion: OwnershipApi['addSloExclusion'] = (
    entityRef,
    slo,
    request,
  ) =>
    this.#json('POST', `${sloPath(entityRef, slo)}/exclusions`, {
      body: request,
    });

  /** {@inheritDoc OwnershipApi.endSloExclusion} */
  endSloExclusion: OwnershipApi['endSloExclusion'] = (
    entityRef,
    slo,
    id,
    end,
  ) =>
    this.#json(
      'DELETE',
      `${sloPath(entityRef, slo)}/exclusions/${encodeURIComponent(id)}`,
      { query: end },
    );

  /** {@inheritDoc OwnershipApi.pushSamples} */
  pushSamples: OwnershipApi['pushSamples'] = push =>
    this.#json('POST', '/slis/samples', { body: push });

  /** {@inheritDoc OwnershipApi.listHandovers} */
  listHandovers: OwnershipApi['listHandovers'] = query =>
    this.#json('GET', '/handovers', { query });

  /** {@inheritDoc OwnershipApi.getHandover} */
  getHandover: OwnershipApi['getHandover'] = id =>
    this.#json('GET', handoverPath(id));

  /** {@inheritDoc OwnershipApi.proposeHandover} */
  proposeHandover: OwnershipApi['proposeHandover'] = request =>
    this.#json('POST', '/handovers', { body: request });

  /** {@inheritDoc OwnershipApi.answerHandover} */
  answerHandover: OwnershipApi['answerHandover'] = (id, action, answer = {}) =>
    this.#json('POST', `${handoverPath(id)}/${action}`, { body: answer });

  /** {@inheritDoc OwnershipApi.checkHandoverItem} */
  checkHandoverItem: OwnershipApi['checkHandoverItem'] = (id, item, done) =>
    this.#json(
      'PATCH',
      `${handoverPath(id)}/checklist/${encodeURIComponent(item)}`,
      { body: { done } },
    );

  /** {@inheritDoc OwnershipApi.listInitiatives} */
  listInitiatives: OwnershipApi['listInitiatives'] = query =>
    this.#json('GET', '/initiatives', { query });

  /** {@inheritDoc OwnershipApi.getInitiative} */
  getInitiative: OwnershipApi['getInitiative'] = id =>
    this.#json('GET', initiativePath(id));

  /** {@inheritDoc OwnershipApi.listInitiativeEntities} */
  listInitiativeEntities: OwnershipApi['listInitiativeEntities'] = (
    id,
    query,
  ) => this.#json('GET', `${initiativePath(id)}/entities`, { query });

  /** {@inheritDoc OwnershipApi.previewInitiative} */
  previewInitiative: OwnershipApi['previewInitiative'] = request =>
    this.#json('POST', '/initiatives/preview', { body: request });

  /** {@inheritDoc OwnershipApi.createInitiative} */
  createInitiative: OwnershipApi['createInitiative'] = request =>
    this.#json('POST', '/initiatives', { body: request });

  /** {@inheritDoc OwnershipApi.changeInitiative} */
  changeInitiative: OwnershipApi['changeInitiative'] = (id, change) =>
    this.#json('PATCH', initiativePath(id), { body: change });

  /** {@inheritDoc OwnershipApi.deleteInitiative} */
  deleteInitiative: OwnershipApi['deleteInitiative'] = async id => {
    await this.#request('DELETE', initiativePath(id));
  };

  /** {@inheritDoc OwnershipApi.exemptFromInitiative} */
  exemptFromInitiative: OwnershipApi['exemptFromInitiative'] = (id, request) =>
    this.#json('POST', `${initiativePath(id)}/exemptions`, { body: request });

  /** {@inheritDoc OwnershipApi.withdrawInitiativeExemption} */
  withdrawInitiativeExemption: OwnershipApi['withdrawInitiativeExemption'] = (
    id,
    entityRef,
  ) =>
    this.#json('DELETE', `${initiativePath(id)}/exemptions`, {
      query: { entityRef },
    });

  /** {@inheritDoc OwnershipApi.getEntityMeasures} */
  getEntityMeasures: OwnershipApi['getEntityMeasures'] = (entityRef, query) =>
    this.#json('GET', `${entityPath(entityRef)}/measures`, { query });

  /** {@inheritDoc OwnershipApi.listMeasured} */
  listMeasured: OwnershipApi['listMeasured'] = query =>
    this.#json('GET', '/measures/entities', { query });

  /** {@inheritDoc OwnershipApi.getMeasureRollup} */
  getMeasureRollup: OwnershipApi['getMeasureRollup'] = query =>
    this.#json('GET', '/measures/rollup', { query });

  /** {@inheritDoc OwnershipApi.pushEvents} */
  pushEvents: OwnershipApi['pushEvents'] = events =>
    this.#json('POST', '/events', { body: events });

  /** {@inheritDoc OwnershipApi.pushMeasurements} */
  pushMeasurements: OwnershipApi['pushMeasurements'] = measurements =>
    this.#json('PUT', '/measurements', { body: { measurements } });

  /** {@inheritDoc OwnershipApi.listScorecards} */
  listScorecards: OwnershipApi['listScorecards'] = () =>
    this.#json('GET', '/scorecards');

  /** {@inheritDoc OwnershipApi.getScorecardDefinition} */
  getScorecardDefinition: OwnershipApi['getScorecardDefinition'] = id =>
    this.#json('GET', `${scorecardPath(id)}/definition`);

  /** {@inheritDoc OwnershipApi.tryScorecard} */
  tryScorecard: OwnershipApi['tryScorecard'] = request =>
    this.#json('POST', '/scorecards/dry-run', { body: request });

  /** {@inheritDoc OwnershipApi.listScorecardResults} */
  listScorecardResults: OwnershipApi['listScorecardResults'] = (id, query) =>
    this.#json('GET', `${scorecardPath(id)}/results`, { query });

  /** {@inheritDoc OwnershipApi.getScorecardRollup} */
  getScorecardRollup: OwnershipApi['getScorecardRollup'] = (id, query) =>
    this.#json('GET', `${scorecardPath(id)}/rollup`, { query });

  /** {@inheritDoc OwnershipApi.getScorecardHistory} */
  getScorecardHistory: OwnershipApi['getScorecardHistory'] = (id, query) =>
    this.#json('GET', `${scorecardPath(id)}/history`, { query });

  /** {@inheritDoc OwnershipApi.getScorecardMovers} */
  getScorecardMovers: OwnershipApi['getScorecardMovers'] = (id, query) =>
    this.#json('GET', `${scorecardPath(id)}/movers`, { query });

  /** {@inheritDoc OwnershipApi.getEntityScorecardHistory} */
  getEntityScorecardHistory: OwnershipApi['getEntityScorecardHistory'] = (
    entityRef,
    query,
  ) =>
    this.#json('GET', `${entityPath(entityRef)}/scorecards/history`, { query });

  /** {@inheritDoc OwnershipApi.listBriefs} */
  listBriefs: OwnershipApi['listBriefs'] = query =>
    this.#json('GET', '/briefs', { query });

  /** {@inheritDoc OwnershipApi.getWeeklyDigest} */
  getWeeklyDigest: OwnershipApi['getWeeklyDigest'] = query =>
    this.#json('GET', '/digests/weekly', { query });

  /** {@inheritDoc OwnershipApi.getOverview} */
  getOverview: OwnershipApi['getOverview'] = query =>
    this.#json('GET', '/overview', { query });

  async #json(
    method: string,
    path: string,
    options?: { query?: object; body?: unknown },
  ) {
    return (await this.#request(method, path, options)).json();
  }

  async #file(path: string, query: { format: string }) {
    const response = await this.#request('GET', path, { query });
    const named = /filename="([^"]+)"/.exec(
      response.headers.get('content-disposition') ?? '',
    );
    return {
      filename: named?.[1] ?? `ownership.${query.format}`,
      blob: await response.blob(),
    };
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
