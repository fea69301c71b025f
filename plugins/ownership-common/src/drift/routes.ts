import { z } from 'zod';
import { pageQuerySchema, pageSchema, timestampSchema } from '../api';
import type { ApiRoutes } from '../api';
import { bulkRequestSchema, bulkResultSchema } from './bulkSchema';
import {
  assignmentRequestSchema,
  commentRequestSchema,
  waiverApprovalSchema,
  waiverRejectionSchema,
} from './handlingSchema';
import {
  acknowledgementRequestSchema,
  driftHistorySchema,
  driftSummarySchema,
  findingDetailSchema,
  findingFilterSchema,
  findingGroupBySchema,
  findingQuerySchema,
  findingSchema,
  reportQuerySchema,
  ruleDescriptionSchema,
  scanSchema,
  tombstoneSchema,
  verdictSnapshotSchema,
  waiverRequestSchema,
} from './schema';

/**
 * The calls of the drift report.
 *
 * @public
 */
export const driftRoutes = {
  listFindings: {
    method: 'get',
    path: '/drift/findings',
    summary: 'Findings, worst first, a page at a time',
    query: findingQuerySchema,
    response: pageSchema(findingSchema),
  },
  getFinding: {
    method: 'get',
    path: '/drift/findings/:id',
    summary: 'One finding with its rule, its time line and a patch',
    response: findingDetailSchema,
  },
  waiveFinding: {
    method: 'post',
    path: '/drift/findings/:id/waivers',
    summary:
      'Accept a finding for a reason until a date, or ask for it where that needs approval',
    body: waiverRequestSchema,
    response: findingSchema,
    status: 201,
  },
  withdrawWaiver: {
    method: 'delete',
    path: '/drift/findings/:id/waivers',
    summary: 'End a waiver before it expires, or take back a request for one',
    response: findingSchema,
  },
  approveWaiver: {
    method: 'post',
    path: '/drift/findings/:id/waivers/approve',
    summary: 'Approve the waiver that somebody else asked for',
    body: waiverApprovalSchema,
    response: findingSchema,
  },
  rejectWaiver: {
    method: 'post',
    path: '/drift/findings/:id/waivers/reject',
    summary: 'Reject the waiver that somebody else asked for, and say why',
    body: waiverRejectionSchema,
    response: findingSchema,
  },
  acknowledgeFinding: {
    method: 'post',
    path: '/drift/findings/:id/acknowledgements',
    summary: 'Say that somebody is on it, or snooze it until a date',
    body: acknowledgementRequestSchema,
    response: findingSchema,
    status: 201,
  },
  commentFinding: {
    method: 'post',
    path: '/drift/findings/:id/comments',
    summary: 'Say something about a finding; plain text',
    body: commentRequestSchema,
    response: findingDetailSchema,
    status: 201,
  },
  deleteComment: {
    method: 'delete',
    path: '/drift/findings/:id/comments/:comment',
    summary: 'Delete a comment of your own',
    response: findingDetailSchema,
  },
  assignFinding: {
    method: 'put',
    path: '/drift/findings/:id/assignee',
    summary: 'Hand a finding to a person or a group, or to nobody',
    body: assignmentRequestSchema,
    response: findingSchema,
  },
  changeFindings: {
    method: 'post',
    path: '/drift/findings/bulk',
    summary: 'Change many findings at once, with an answer for each',
    body: bulkRequestSchema,
    response: bulkResultSchema,
  },
  getDriftSummary: {
    method: 'get',
    path: '/drift/summary',
    summary:
      'Counts of findings and components by team, rule, severity, tier, owner ref or age',
    query: findingFilterSchema.extend({ groupBy: findingGroupBySchema }),
    response: driftSummarySchema,
  },
  getDriftHistory: {
    method: 'get',
    path: '/drift/history',
    summary: 'Open findings and component states over time',
    query: z.object({
      team: z.string().max(300).optional(),
      from: timestampSchema.optional(),
      to: timestampSchema.optional(),
    }),
    response: driftHistorySchema,
  },
  listTombstones: {
    method: 'get',
    path: '/drift/tombstones',
    summary: 'Components that left the catalog, latest first',
    query: pageQuerySchema,
    response: pageSchema(tombstoneSchema),
  },
  getDriftReport: {
    method: 'get',
    path: '/drift/report',
    summary: 'All findings as one streamed document',
    query: reportQuerySchema,
    produces: [
      'text/csv',
      'application/json',
      'application/x-ndjson',
      'text/markdown',
      'application/sarif+json',
      'application/xml',
      'text/html',
    ],
  },
  startScan: {
    method: 'post',
    path: '/drift/scans',
    summary: 'Start a scan, or join the one that runs',
    response: scanSchema,
    status: 202,
  },
  listScans: {
    method: 'get',
    path: '/drift/scans',
    summary: 'Scans, latest first',
    query: pageQuerySchema,
    response: pageSchema(scanSchema),
  },
  getScan: {
    method: 'get',
    path: '/drift/scans/:id',
    summary: 'One scan with its progress',
    response: scanSchema,
  },
  cancelScan: {
    method: 'post',
    path: '/drift/scans/:id/cancel',
    summary:
      'Cancel a scan that runs, in whatever replica; what it wrote stays. One that has ended is given as it ended',
    response: scanSchema,
  },
  listRules: {
    method: 'get',
    path: '/drift/rules',
    summary: 'The rule catalogue as configured',
    response: z.object({ items: z.array(ruleDescriptionSchema) }),
  },
  getVerdicts: {
    method: 'get',
    path: '/drift/verdicts',
    summary:
      'Refs of the components that are not owned, with an ETag; for the catalog processor',
    response: verdictSnapshotSchema,
  },
} as const satisfies ApiRoutes;
