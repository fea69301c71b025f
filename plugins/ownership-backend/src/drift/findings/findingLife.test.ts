import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  driftRoutes,
  findingId,
  type FindingDetail,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Express } from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { TestPolicy, testServer } from '../../__testUtils__/testServer';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';
import { AuthorizedDriftReport } from '../AuthorizedDriftReport';
import { DefaultDriftReport } from '../DefaultDriftReport';
import { driftHandlers } from '../driftHandlers';
import { VerdictSnapshots } from '../VerdictSnapshots';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const SAM = 'user:default/sam';
const PIA = 'user:default/pia';
const ROS = 'user:default/ros';
const PLATFORM = 'group:default/platform';
const UNTIL = '2026-12-31T00:00:00.000Z';

const component = (name: string, spec: object = {}) =>
  catalogEntity('Component', name, { type: 'service', ...spec });

const idOf = (ruleId: string, name: string) =>
  findingId({ ruleId, entityRef: `component:default/${name}` });
const ORPHAN = idOf('owner-missing', 'ledger');

describe.each(databases.eachSupportedId())(
  'the life of findings on %p',
  databaseId => {
    let knex: Knex;
    let app: Express;
    let bench: ReturnType<typeof driftBench>;
    let policy: TestPolicy;
    const audited = jest.fn();

    beforeEach(async () => {
      audited.mockClear();
      knex = await migratedDatabase(databases, databaseId);
      bench = driftBench({
        knex,
        config: {
          drift: {
            waivers: {
              approval: [
                { severity: ['critical', 'high'], approvers: ['Platform'] },
              ],
            },
          },
        },
      });
      bench.entities = [
        ...team('platform', ['pia', 'ros']),
        ...team('shop', ['sam']),
        component('ledger'),
        component('stock'),
        component('cart', { owner: 'shop' }),
        component('till', { owner: 'shop' }),
      ];
      policy = new TestPolicy();
      const visibility = policy.visibility(bench.catalog);
      const userInfo = mockServices.userInfo.mock({
        getUserInfo: async ({ principal }) => {
          const { userEntityRef } = principal as { userEntityRef: string };
          return {
            userEntityRef,
            ownershipEntityRefs: [
              userEntityRef,
              ...([PIA, ROS].includes(userEntityRef) ? [PLATFORM] : []),
            ],
          };
        },
      });
      app = testServer(
        add =>
          add(
            driftRoutes,
            driftHandlers({
              findings: bench.authorized(visibility, userInfo),
              report: new AuthorizedDriftReport({
                visibility,
                report: new DefaultDriftReport({
                  database: knex,
                  rules: bench.catalogue,
                  now: bench.clock,
                }),
              }),
              runner: bench.runner,
              verdicts: new VerdictSnapshots({ database: knex }),
              rules: bench.catalogue,
              visibility,
              now: bench.clock,
            }),
          ),
        audited,
      );
      await bench.scanAfter(0);
      bench.notifications.send.mockClear();
      bench.published.length = 0;
    });
    afterEach(async () => {
      await knex.destroy();
    });

    const call = async (
      by: string,
      method: 'get' | 'post' | 'put' | 'delete',
      path: string,
      body?: object,
    ) => {
      const response = await request(app)
        [method](`/drift/findings${path}`)
        .set('authorization', mockCredentials.user.header(by))
        .send(body);
      return { status: response.status, body: response.body };
    };
    const on = (id: string, path = '') => `/${encodeURIComponent(id)}${path}`;
    const ask = (by: string, id = ORPHAN, reason = 'Moves in January') =>
      call(by, 'post', on(id, '/waivers'), { reason, expiresAt: UNTIL });
    const detail = async (by: string, id = ORPHAN): Promise<FindingDetail> =>
      (await call(by, 'get', on(id))).body;
    const listed = async (query: string) =>
      (await call(SAM, 'get', `?${query}`)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    const told = () =>
      bench.notifications.send.mock.calls.map(([{ recipients, payload }]) => ({
        to: (recipients as { entityRef: string[] }).entityRef,
        but: (recipients as { excludeEntityRef?: string }).excludeEntityRef,
        title: payload.title,
        scope: payload.scope,
      }));
    const events = () =>
      bench.published.map(({ type, previousState, by }) => [
        type,
        previousState,
        by,
      ]);

    it('asks for a waiver, which somebody else approves', async () => {
      const asked = await ask(SAM);
      expect(asked).toMatchObject({
        status: 201,
        body: {
          state: 'open',
          waiverRequest: { reason: 'Moves in January', requestedBy: SAM },
        },
      });
      expect(asked.body.waiver).toBeUndefined();
      expect(told()).toEqual([
        {
          to: [PLATFORM],
          but: SAM,
          title: 'sam asks for a waiver',
          scope: expect.stringMatching(/^ownership:waiver-request:\w{32}$/),
        },
      ]);
      expect(await listed('waiver=requested')).toEqual([ORPHAN]);

      // Asked again, with other words: the same message is brought up to date.
      await ask(SAM, ORPHAN, 'Moves in February');
      expect(told()[1].scope).toBe(told()[0].scope);
      expect((await detail(SAM)).may).toMatchObject({
        withdrawWaiver: true,
        decideWaiver: false,
        needsApproval: true,
        refusals: { decideWaiver: 'not-approver' },
      });
      const approve = (by: string) =>
        call(by, 'post', on(ORPHAN, '/waivers/approve'), { comment: 'Fine' });
      expect((await approve(SAM)).status).toBe(403);
      policy.denied.add('ownership.finding.waive');
      expect((await detail(PIA)).may).toMatchObject({
        decideWaiver: true,
        waive: false,
        refusals: { waive: 'permission' },
      });
      bench.notifications.send.mockClear();
      bench.published.length = 0;
      expect(await approve(PIA)).toMatchObject({
        status: 200,
        body: {
          state: 'waived',
          waiver: {
            reason: 'Moves in February',
            requestedBy: SAM,
            approvedBy: PIA,
            expiresAt: UNTIL,
          },
        },
      });
      expect(told()).toEqual([
        expect.objectContaining({
          to: [SAM],
          title: 'pia approved the waiver you asked for',
        }),
      ]);
      expect(events()).toEqual([
        ['finding.waiver-approved', 'open', PIA],
        ['finding.waived', 'open', PIA],
      ]);
      expect((await approve(ROS)).status).toBe(404);
      expect(await listed('waiver=requested')).toEqual([]);
      policy.denied.clear();

      // The waiver ends like any other.
      await bench.scanAfter(60 * 24 * 60);
      expect((await detail(SAM)).events.map(({ type }) => type)).toEqual([
        'opened',
        'waiver-requested',
        'waiver-requested',
        'waiver-approved',
        'waiver-expired',
      ]);
      expect(events()).toEqual(
        expect.arrayContaining([
          ['finding.waiver-expired', 'waived', undefined],
          ['finding.reopened', 'waived', undefined],
        ]),
      );
    });

    it('lets nobody approve what they asked for, and who rejects says why', async () => {
      expect((await ask(PIA)).body.state).toBe('open');
      const decide = (by: string, how: string, body: object = {}) =>
        call(by, 'post', on(ORPHAN, `/waivers/${how}`), body);
      expect(await decide(PIA, 'approve')).toMatchObject({
        status: 403,
        body: { error: { message: expect.stringContaining('somebody else') } },
      });
      expect((await decide(ROS, 'reject')).status).toBe(400);
      expect(
        (await decide(ROS, 'reject', { comment: 'Not for this one' })).body,
      ).toMatchObject({ state: 'open' });
      expect(await detail(PIA)).not.toHaveProperty('waiverRequest');
      expect(await detail(PIA)).toMatchObject({
        events: [
          {},
          {
            type: 'waiver-requested',
            by: PIA,
            detail: expect.stringMatching(/ \(until 2026-12-31 00:00 UTC\)$/),
          },
          { type: 'waiver-rejected', by: ROS, detail: 'Not for this one' },
        ],
      });
      expect((await decide(ROS, 'approve')).status).toBe(404);

      // Taken back, by who asked and has no other right.
      await ask(SAM);
      policy.denied.add('ownership.finding.waive');
      expect((await call(PIA, 'delete', on(ORPHAN, '/waivers'))).status).toBe(
        403,
      );
      expect(
        (await call(SAM, 'delete', on(ORPHAN, '/waivers'))).body,
      ).toMatchObject({ state: 'open' });
      policy.denied.clear();
      expect((await detail(SAM)).waiverRequest).toBeUndefined();

      // What is asked for too late is not approved any more.
      await ask(SAM);
      bench.now = new Date('2027-01-01T00:00:00.000Z');
      expect((await decide(PIA, 'approve')).status).toBe(409);
      // A severity without approvers is waived at once.
      bench.now = new Date('2026-11-22T00:00:00.000Z');
      const [low] = (await bench.standing()).filter(
        ({ severity }) => severity === 'medium' || severity === 'low',
      );
      expect((await ask(SAM, low.id)).body).toMatchObject({ state: 'waived' });
    });

    it('forgets a request with its finding', async () => {
      await ask(SAM);
      const [, ...others] = [...bench.entities];
      const before = bench.entities;
      bench.entities = others.map(entity =>
        entity.metadata.name === 'ledger'
          ? component('ledger', { owner: 'shop' })
          : entity,
      );
      await bench.scanAfter(30);
      expect(await detail(SAM)).toMatchObject({ state: 'closed' });
      expect((await detail(SAM)).waiverRequest).toBeUndefined();
      bench.entities = before;
      await bench.scanAfter(30);
      expect(await detail(SAM)).toMatchObject({ state: 'open' });
      expect((await detail(SAM)).waiverRequest).toBeUndefined();
      expect(await listed('waiver=requested')).toEqual([]);
    });

    it('is waived as the approver has read it', async () => {
      await ask(SAM);
      const { requestedAt } = (await detail(PIA)).waiverRequest!;
      bench.now = new Date(bench.now.getTime() + 1000);
      await ask(SAM, ORPHAN, 'For a longer time, or for another reason');
      const approve = (body: object) =>
        call(PIA, 'post', on(ORPHAN, '/waivers/approve'), body);
      expect(await approve({ requestedAt })).toMatchObject({
        status: 409,
        body: { error: { message: expect.stringContaining('read it') } },
      });
      const { waiverRequest } = await detail(PIA);
      expect(
        (await approve({ requestedAt: waiverRequest!.requestedAt })).body,
      ).toMatchObject({ state: 'waived' });
    });

    it('takes no reason that nobody can read', async () => {
      const [low] = (await bench.standing()).filter(
        ({ severity }) => severity === 'medium' || severity === 'low',
      );
      for (const reason of [
        '\u0000'.repeat(5),
        '\u200b'.repeat(5),
        'no\u202e',
      ]) {
        expect(await ask(SAM, low.id, reason)).toMatchObject({
          status: 400,
          body: { error: { message: expect.stringMatching(/^reason: /) } },
        });
      }
      expect(
        (await ask(SAM, low.id, '\u202eMoves\u0007 soon\r\n')).body,
      ).toMatchObject({ state: 'waived', waiver: { reason: 'Moves soon' } });

      await ask(SAM);
      expect(
        await call(PIA, 'post', on(ORPHAN, '/waivers/reject'), {
          comment: '\u200b\u200b\u200b',
        }),
      ).toMatchObject({ status: 400 });
    });

    it('keeps comments as text, and deletes only one’s own', async () => {
      const comment = (by: string, text: unknown) =>
        call(by, 'post', on(ORPHAN, '/comments'), { text });
      for (const text of ['', ' \u200b\u202e\u0000 ', 'x'.repeat(4001), 7]) {
        expect((await comment(SAM, text)).status).toBe(400);
      }
      policy.denied.add('ownership.finding.waive');
      const { status, body } = await comment(
        SAM,
        '<script>alert(1)</script>\r\n\u202eevil\u0000 \ud83d\ude00',
      );
      expect(status).toBe(201);
      expect(body.events[1]).toEqual({
        id: expect.any(String),
        at: expect.any(String),
        type: 'commented',
        by: SAM,
        detail: '<script>alert(1)</script>\nevil \ud83d\ude00',
      });
      const path = on(ORPHAN, `/comments/${body.events[1].id}`);
      expect((await call(PIA, 'delete', path)).status).toBe(404);
      expect((await call(SAM, 'delete', path)).body.events[1]).toEqual({
        at: expect.any(String),
        type: 'comment-deleted',
        by: SAM,
      });
      for (const id of ['1', '0', 'x', '9'.repeat(30)]) {
        expect(
          (await call(SAM, 'delete', on(ORPHAN, `/comments/${id}`))).status,
        ).toBe(404);
      }
      // As if it were not there.
      policy.hidden.add('component:default/ledger');
      expect(await comment(SAM, 'Hello')).toMatchObject({
        status: 404,
        body: { error: { message: `There is no finding ${ORPHAN}` } },
      });
    });

    it('hands a finding to somebody, who is told once', async () => {
      const assign = (assignee?: string) =>
        call(SAM, 'put', on(ORPHAN, '/assignee'), {
          assignee,
          comment: assignee && 'Yours?',
        });
      expect((await assign('group:default/nobody')).status).toBe(400);
      expect((await assign('a\u0000b')).status).toBe(400);
      // Who may not assign is not told who there is.
      policy.denied.add('ownership.finding.waive');
      expect((await assign('group:default/nobody')).status).toBe(403);
      expect((await assign(PIA)).status).toBe(403);
      policy.denied.delete('ownership.finding.waive');
      expect((await assign('Platform')).body).toMatchObject({
        assignee: PLATFORM,
      });
      expect((await assign(PIA)).body).toMatchObject({ assignee: PIA });
      expect(audited).toHaveBeenLastCalledWith({ assignee: PIA });
      expect(told()).toEqual([
        expect.objectContaining({
          to: [PLATFORM],
          title: 'sam handed a finding to you',
        }),
        expect.objectContaining({ to: [PIA] }),
      ]);
      expect(await listed(`assignee=User:default/Pia`)).toEqual([ORPHAN]);
      expect(await listed('assignee=none')).not.toContain(ORPHAN);
      expect(
        (await assign(undefined)).body as { assignee?: string },
      ).not.toHaveProperty('assignee');
      expect((await detail(SAM)).events.slice(1)).toMatchObject([
        { type: 'assigned', detail: `to ${PLATFORM}: Yours?` },
        { type: 'assigned', detail: `to ${PIA}: Yours?` },
        { type: 'assigned', detail: 'to nobody' },
      ]);
    });

    it('changes many at once, each for itself', async () => {
      const bulk = (body: object, by = SAM) => call(by, 'post', '/bulk', body);
      const all = await bench.standing();
      const ids = all.map(({ id }) => id);
      const hidden = all.filter(f => f.entityRef.endsWith('/till'));
      policy.hidden.add('component:default/till');

      const waive = {
        action: 'waive',
        reason: 'The whole shop moves',
        expiresAt: UNTIL,
      };
      const { status, body } = await bulk({ ids: [...ids, 'none'], ...waive });
      expect(status).toBe(200);
      const severe = all.filter(
        f => ['critical', 'high'].includes(f.severity) && !hidden.includes(f),
      );
      expect(severe.length).toBeGreaterThan(1);
      expect(body).toMatchObject({
        requested: severe.length,
        failed: hidden.length + 1,
        done: ids.length - severe.length - hidden.length,
      });
      expect(body.done).toBeGreaterThan(0);
      expect(audited).toHaveBeenCalledWith({
        action: 'waive',
        done: body.done,
        requested: body.requested,
        failed: body.failed,
        changed: ids.filter(id => !hidden.some(finding => finding.id === id)),
      });
      expect(body.items.map(({ id }: { id: string }) => id)).toEqual([
        ...ids,
        'none',
      ]);
      expect(body.items.at(-1)).toEqual({
        id: 'none',
        outcome: 'failed',
        error: 'There is no finding none',
      });
      // One message about all of them.
      expect(told()).toEqual([
        expect.objectContaining({
          to: [PLATFORM],
          title: `sam asks for ${severe.length} waivers`,
        }),
      ]);
      policy.hidden.clear();
      expect((await bulk({ ids, action: 'withdraw' })).body).toMatchObject({
        done: ids.length - hidden.length,
        failed: hidden.length,
      });
      expect(
        (await bulk({ ids, action: 'reassign', assignee: PIA })).body.done,
      ).toBe(ids.length);

      const filter = { assignee: PIA, rule: ['owner-missing'] };
      const comment = { filter, action: 'comment', text: 'Seen' };
      expect(await bulk({ ...comment, expected: 3 })).toMatchObject({
        status: 409,
        body: {
          error: { message: expect.stringContaining('matches 2 now') },
        },
      });
      expect(await bulk({ ...comment, expected: 2 })).toMatchObject({
        body: { done: 2, failed: 0 },
      });
      expect(
        (await bulk({ ids, action: 'snooze', snoozeUntil: UNTIL })).body.done,
      ).toBe(ids.length);
      expect(
        new Set((await bench.standing()).map(({ state }) => state)),
      ).toEqual(new Set(['snoozed']));
      policy.denied.add('ownership.finding.waive');
      expect((await bulk({ ids, action: 'acknowledge' })).body).toMatchObject({
        done: 0,
        failed: ids.length,
      });
      for (const wrong of [
        { ids, action: 'close' },
        { ids: [], action: 'acknowledge' },
        { action: 'acknowledge' },
        { filter: {}, action: 'acknowledge' },
        { ids, action: 'waive', reason: 'x', expiresAt: UNTIL },
        { ids: Array(501).fill('x'), action: 'withdraw' },
      ]) {
        expect([wrong, (await bulk(wrong)).status]).toEqual([wrong, 400]);
      }
      expect((await bulk({ action: 'withdraw' })).body.error.message).toContain(
        'expected ids of 1 to 500 findings, or a filter',
      );
    });

    it('leaves what somebody is just writing, and goes on when it is done', async () => {
      // SQLite lets one write at a time anyway.
      const locks = databaseId === 'POSTGRES_18';
      const ids = (await bench.standing()).map(({ id }) => id).slice(0, 2);
      const acknowledge = () =>
        call(SAM, 'post', '/bulk', { ids, action: 'acknowledge' });
      const scan = locks ? await knex.transaction() : undefined;
      await scan?.('findings').where({ id: ids[0] }).forUpdate();
      const { items } = (await acknowledge()).body;
      expect(items.map((item: { outcome: string }) => item.outcome)).toEqual([
        locks ? 'failed' : 'done',
        'done',
      ]);
      expect(items[0].error ?? '').toMatch(locks ? /A scan is just/ : /^$/);
      await scan?.rollback();
      expect((await acknowledge()).body).toMatchObject({ done: 2, failed: 0 });
    });
  },
);
