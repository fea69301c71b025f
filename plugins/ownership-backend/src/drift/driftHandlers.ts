import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ownershipScanRunPermission,
  type driftRoutes,
  type Scan,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import type { AuthorizedDriftReport } from './AuthorizedDriftReport';
import type { AuthorizedFindingService } from './findings/AuthorizedFindingService';
import { begun } from './report/begun';
import { reportFormats } from './report/reportFormats';
import { withoutDelay } from './report/withoutDelay';
import type { RuleCatalogue } from './RuleCatalogue';
import type { ScanRunner } from './scan/ScanRunner';
import type { VerdictSnapshots } from './VerdictSnapshots';

/**
 * The calls of the drift report.
 */
export function driftHandlers(options: {
  findings: AuthorizedFindingService;
  report: AuthorizedDriftReport;
  runner: ScanRunner;
  verdicts: VerdictSnapshots;
  rules: RuleCatalogue;
  visibility: Visibility;
  now: () => Date;
}): Handlers<typeof driftRoutes> {
  const { findings, report, runner, verdicts, rules, visibility, now } =
    options;

  /** A scan without what may repeat what a component holds, or names who is gone. */
  const toldTo = async (credentials: BackstageCredentials) =>
    (await visibility.seesAll(credentials))
      ? (scan: Scan) => scan
      : ({ reason: _, error: __, ...scan }: Scan) => scan;

  return {
    listFindings: ({ query, credentials }) =>
      findings.list({ query, credentials }),

    getFinding: ({ params, credentials }) =>
      findings.detail({ id: params.id, credentials }),

    waiveFinding: ({ params, body, credentials }) =>
      findings.waive({ id: params.id, request: body, credentials }),

    withdrawWaiver: ({ params, credentials }) =>
      findings.withdrawWaiver({ id: params.id, credentials }),

    acknowledgeFinding: ({ params, body, credentials }) =>
      findings.acknowledge({ id: params.id, request: body, credentials }),

    approveWaiver: ({ params, body, credentials }) =>
      findings.approveWaiver({ id: params.id, ...body, credentials }),

    rejectWaiver: ({ params, body, credentials }) =>
      findings.rejectWaiver({ id: params.id, ...body, credentials }),

    commentFinding: ({ params, body, credentials }) =>
      findings.comment({ id: params.id, ...body, credentials }),

    deleteComment: ({ params, credentials }) =>
      findings.deleteComment({
        id: params.id,
        comment: params.comment,
        credentials,
      }),

    assignFinding({ params, body, credentials, note }) {
      note({ assignee: body.assignee ?? 'nobody' });
      return findings.assign({ id: params.id, request: body, credentials });
    },

    async changeFindings({ body, credentials, note }) {
      const result = await findings.changeAll({ request: body, credentials });
      const { done, requested, failed } = result;
      const changed = result.items.flatMap(({ id, outcome }) =>
        outcome === 'failed' ? [] : [id],
      );
      note({ action: body.action, done, requested, failed, changed });
      return result;
    },

    getDriftSummary: ({ query: { groupBy, ...filter }, credentials }) =>
      report.summary({ filter, groupBy, credentials }),

    getDriftHistory: ({ query, credentials }) =>
      report.history({ ...query, credentials }),

    listTombstones: ({ query: { cursor, limit }, credentials }) =>
      report.tombstones({ cursor, limit, credentials }),

    async getDriftReport({ query, credentials, response, signal }) {
      const { format, ...filter } = query;
      const writer = reportFormats[format];
      const at = now();
      const [pages, hidden] = await Promise.all([
        findings.pages({ filter, credentials }),
        report.hidden({ filter, credentials }),
      ]);
      const text = await begun(
        writer.write(pages, { now: at, rules: rules.descriptions(), hidden }),
      );
      const filename = `ownership-drift-${at.toISOString().slice(0, 10)}.${
        writer.extension
      }`;
      // As a file, whatever it holds: the text of others is never a page of ours.
      response.setHeader('Content-Type', writer.contentType);
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader(
        'Content-Disposition',
        `attachment; filename="${filename}"`,
      );
      if (response.req.method === 'HEAD') {
        response.end();
        return;
      }
      try {
        await pipeline(Readable.from(withoutDelay(text, response)), response);
      } catch (error) {
        if (!signal.aborted) {
          throw error;
        }
      }
    },

    async startScan({ credentials, caller, note }) {
      await visibility.require(ownershipScanRunPermission, credentials);
      const scan = await runner.start({ requestedBy: caller });
      note({ scan: scan.id });
      return (await toldTo(credentials))(scan);
    },

    async listScans({ query: { cursor, limit }, credentials }) {
      const { items, ...page } = await runner.list({ cursor, limit });
      return { ...page, items: items.map(await toldTo(credentials)) };
    },

    async getScan({ params, credentials }) {
      return (await toldTo(credentials))(await runner.get(params.id));
    },

    async cancelScan({ params, credentials, caller }) {
      await visibility.require(ownershipScanRunPermission, credentials);
      const scan = await runner.cancel({ id: params.id, by: caller });
      return (await toldTo(credentials))(scan);
    },

    listRules: ({ credentials }) => report.rules({ credentials }),

    async getVerdicts({ credentials, ifNoneMatch, response }) {
      const visible = await visibility.visibleRefs(credentials);
      const { snapshot, etag } = await verdicts.get({ visible });
      response.setHeader('ETag', etag);
      if (ifNoneMatch === etag) {
        response.status(304).end();
        return undefined;
      }
      return snapshot;
    },
  };
}
