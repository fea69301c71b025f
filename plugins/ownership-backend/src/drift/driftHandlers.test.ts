import type { AddressInfo } from 'node:net';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  ageBuckets,
  driftRoutes,
  findingId,
  type Finding,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Express } from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import { catalogEntity, driftBench, team } from '../__testUtils__/driftBench';
import { TestPolicy, testServer } from '../__testUtils__/testServer';
import {
  countingStatements,
  migratedDatabase,
} from '../__testUtils__/writeOrganisation';
import { AuthorizedDriftReport } from './AuthorizedDriftReport';
import { DefaultDriftReport } from './DefaultDriftReport';
import { driftHandlers } from './driftHandlers';
import { DefaultFindingService } from './findings/DefaultFindingService';
import { VerdictSnapshots } from './VerdictSnapshots';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const HOSTILE =
  '=HYPERLINK("http://evil.example")|<img src=x onerror=alert(1)>';

const entities = [
  ...team('platform', ['pia']),
  ...team('shop', ['sam', 'sol']),
  ...team('payments', ['pat'], 'shop'),
  catalogEntity('Component', 'checkout', {
    type: 'service',
    lifecycle: 'production',
    owner: 'payments',
    ownershipContract: { tier: 'tier-1' },
  }),
  catalogEntity('Component', 'cart', {
    type: 'service',
    lifecycle: 'production',
    owner: 'shop',
    ownershipContract: { tier: 'tier-2' },
  }),
  catalogEntity('Component', 'ledger', { type: 'service' }),
  catalogEntity(
    'Component',
    'hostile',
    { type: 'service', owner: 'user:default/sam' },
    { title: HOSTILE },
  ),
  catalogEntity('API', 'old_orders', { owner: 'nobody-100%' }),
];

describe.each(databases.eachSupportedId())('drift API on %p', databaseId => {
  let knex: Knex;
  let app: Express;
  let bench: ReturnType<typeof driftBench>;
  let policy: TestPolicy;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = driftBench({ knex });
    bench.entities = entities;
    policy = new TestPolicy();
    const visibility = policy.visibility(bench.catalog);
    app = testServer(add =>
      add(
        driftRoutes,
        driftHandlers({
          findings: bench.authorized(visibility),
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
    );
    await bench.scanAfter(0);
    await bench.scanAfter(60);
  });
  afterEach(() => {
    policy.hidden.clear();
    policy.denied.clear();
  });
  afterAll(async () => {
    await knex.destroy();
  });

  const list = async (query: object = {}) => {
    const response = await request(app).get('/drift/findings').query(query);
    expect(response.status).toBe(200);
    return response.body as {
      items: Finding[];
      pageInfo: { nextCursor?: string; prevCursor?: string };
      totalItems: number;
    };
  };
  const refs = async (query: object) => [
    ...new Set((await list(query)).items.map(({ entityRef }) => entityRef)),
  ];

  const document = async (format: string) => {
    const response = await request(app)
      .get('/drift/report')
      .query({ format })
      .buffer(true)
      .parse((res, done) => {
        res.setEncoding('utf8');
        let text = '';
        res.on('data', chunk => {
          text += chunk;
        });
        res.on('end', () => done(null, text));
      });
    expect(response.status).toBe(200);
    expect(response.headers['content-disposition']).toMatch(
      /^attachment; filename="ownership-drift-2026-11-21\.\w+"$/,
    );
    return response.body as string;
  };

  it('walks all pages both ways, in every order', async () => {
    const everything = await list({ limit: 500 });
    expect(everything.totalItems).toBe(everything.items.length);
    expect(everything.totalItems).toBeGreaterThan(6);
    const ranks = everything.items.map(({ severity }) =>
      ['critical', 'high', 'medium', 'low'].indexOf(severity),
    );
    expect(ranks).toEqual([...ranks].sort());

    for (const orderBy of [
      '',
      'severity,desc',
      'firstSeenAt',
      'entityRef,desc',
      'ruleId',
    ]) {
      const whole = (await list({ orderBy, limit: 500 })).items.map(f => f.id);
      const forward: string[] = [];
      let page = await list({ orderBy, limit: 2 });
      expect(page.pageInfo.prevCursor).toBeUndefined();
      for (;;) {
        forward.push(...page.items.map(({ id }) => id));
        if (!page.pageInfo.nextCursor) {
          break;
        }
        page = await list({
          orderBy,
          limit: 2,
          cursor: page.pageInfo.nextCursor,
        });
      }
      expect(forward).toEqual(whole);

      const backward = page.items.map(({ id }) => id);
      while (page.pageInfo.prevCursor) {
        page = await list({
          orderBy,
          limit: 2,
          cursor: page.pageInfo.prevCursor,
        });
        backward.unshift(...page.items.map(({ id }) => id));
      }
      expect(backward).toEqual(whole);
    }

    const { statements } = await countingStatements(knex, () =>
      list({ limit: 2, team: 'group:default/shop', text: 'owner' }),
    );
    expect(statements.length).toBeLessThanOrEqual(4);
  });

  it('filters', async () => {
    const checkout = 'component:default/checkout';
    expect((await refs({ team: 'group:default/shop' })).sort()).toEqual([
      'component:default/cart',
      checkout,
    ]);
    expect(await refs({ team: 'Group:default/Payments' })).toEqual([checkout]);
    expect(await refs({ ownerRef: 'group:default/shop' })).toEqual([
      'component:default/cart',
    ]);
    expect(await refs({ ownerRef: 'none' })).toEqual([
      'component:default/ledger',
    ]);
    expect((await refs({ team: 'none' })).sort()).toEqual([
      'api:default/old_orders',
      'component:default/hostile',
      'component:default/ledger',
    ]);
    expect(await refs({ entityRef: checkout })).toEqual([checkout]);
    expect(await refs({ tier: 'tier-1' })).toEqual([checkout]);
    expect(await refs({ kind: 'API' })).toEqual(['api:default/old_orders']);
    expect((await refs({ state: ['orphaned'] })).sort()).toEqual([
      'api:default/old_orders',
      'component:default/ledger',
    ]);
    expect(await refs({ rule: 'owner-missing' })).toEqual([
      'component:default/ledger',
    ]);
    expect(
      (await list({ severity: ['critical', 'high'] })).items.map(
        ({ severity }) => severity,
      ),
    ).not.toContain('medium');
    expect(await refs({ text: 'OLD_orders 100%' })).toEqual([
      'api:default/old_orders',
    ]);
    // Wildcards stand for themselves.
    expect(await refs({ text: 'o%d_orders' })).toEqual([]);
    expect(await refs({ text: "'; DROP TABLE findings; --\u0000" })).toEqual(
      [],
    );
    expect(await refs({ openedSince: '2026-11-21T09:00:00+01:00' })).toEqual(
      await refs({}),
    );
    expect(await refs({ openedSince: '2026-11-21T08:30:00Z' })).toEqual([
      'api:default/old_orders',
    ]);
    expect(await refs({ minAgeDays: 1 })).toEqual([]);
    expect(await refs({ closedSince: '2026-01-01T00:00:00Z' })).toEqual([]);
    expect(await refs({ findingState: 'waived' })).toEqual([]);

    for (const query of [
      { orderBy: 'evidence' },
      { cursor: 'garbage' },
      { cursor: Buffer.from('["severity","next",0]').toString('base64url') },
      { limit: 501 },
      { severity: 'catastrophic' },
    ]) {
      const response = await request(app).get('/drift/findings').query(query);
      expect([query, response.status]).toEqual([query, 400]);
    }
  });

  it('sums up', async () => {
    const summary = async (query: object) =>
      (await request(app).get('/drift/summary').query(query)).body;

    const byTeam = await summary({ groupBy: 'team' });
    const all = (await list()).totalItems;
    const shop = (await list({ team: 'group:default/shop' })).totalItems;
    expect(byTeam).toMatchObject({
      groupBy: 'team',
      totals: {
        findings: all,
        components: 5,
        byState: { orphaned: 2 },
      },
      hidden: 0,
    });
    expect(byTeam.items).toContainEqual(
      expect.objectContaining({
        key: 'group:default/shop',
        resolves: true,
        findings: shop,
        components: 2,
      }),
    );
    expect(byTeam.items).toContainEqual(
      expect.objectContaining({
        key: 'none',
        title: 'No team',
        components: 3,
      }),
    );
    const byOwner = await summary({ groupBy: 'ownerRef', state: 'orphaned' });
    expect(byOwner.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'none', title: 'No owner named' }),
        expect.objectContaining({
          key: 'group:default/nobody-100%',
          resolves: false,
        }),
      ]),
    );
    for (const groupBy of ['rule', 'severity', 'tier']) {
      const { items } = await summary({ groupBy });
      const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
      expect(sum(items.map((item: any) => item.findings))).toBe(all);
      expect(
        sum(items.flatMap((i: any) => Object.values<number>(i.bySeverity))),
      ).toBe(all);
    }

    // By kept counts, of a team, and by the rows themselves.
    for (const filter of [
      {},
      { team: 'group:default/shop' },
      { kind: 'component' },
      { findingState: 'closed' },
    ]) {
      const { items } = await list({ ...filter, limit: 500 });
      const byRule = await summary({ groupBy: 'rule', ...filter });
      expect(byRule.items).toHaveLength(
        new Set(items.map(({ ruleId }) => ruleId)).size,
      );
      for (const { key, findings, components, bySeverity } of byRule.items) {
        const its = items.filter(({ ruleId }) => ruleId === key);
        expect({ findings, components }).toEqual({
          findings: its.length,
          components: new Set(its.map(({ entityRef }) => entityRef)).size,
        });
        expect(bySeverity[its[0].severity]).toBe(its.length);
      }
    }

    const { body: rules } = await request(app).get('/drift/rules');
    expect(rules.items).toContainEqual(
      expect.objectContaining({ id: 'owner-missing', openFindings: 1 }),
    );
    const { body: history } = await request(app)
      .get('/drift/history')
      .query({ team: 'group:default/shop' });
    expect(history.points).toEqual([
      expect.objectContaining({ open: shop, orphaned: 0 }),
    ]);
  });

  it('shows no more than the caller may see', async () => {
    const secret = 'component:default/checkout';
    policy.hidden.add(secret);
    expect(await refs({})).not.toContain(secret);
    const { body: summary } = await request(app)
      .get('/drift/summary')
      .query({ groupBy: 'team' });
    expect(summary.hidden).toBe(1);
    expect(summary.totals.components).toBe(4);
    // No filter asks whether it is there, whose it is or how it stands.
    for (const filter of [
      { entityRef: secret },
      { entityRef: 'component:default/nothing' },
      { state: 'orphaned' },
      { tier: 'none' },
      { kind: 'api' },
      { ownerRef: 'none' },
    ]) {
      const { body } = await request(app)
        .get('/drift/summary')
        .query({ groupBy: 'rule', ...filter });
      expect(body.hidden).toBe(1);
      const report = await request(app)
        .get('/drift/report')
        .query({ format: 'json', ...filter });
      expect(report.body.hidden).toBe(1);
    }
    expect((await request(app).get('/drift/history')).body.points).toEqual([]);
    // Why a rule or a scan broke may repeat what hidden components hold.
    const message = `no such field in ${secret}`;
    await knex('rule_faults').insert({
      rule_id: 'owner-missing',
      components: 1,
      entity_ref: secret,
      message,
    });
    const [{ id: scanId }] = await knex('scans').select('id').limit(1);
    await knex('scans')
      .where('id', scanId)
      .update({ reason: message, error: message });
    const broken = async () =>
      Promise.all(
        ['/drift/rules', '/drift/scans', `/drift/scans/${scanId}`].map(
          async path => (await request(app).get(path).expect(200)).text,
        ),
      );
    for (const text of await broken()) {
      expect(text).not.toContain(message);
    }
    policy.hidden.clear();
    for (const text of await broken()) {
      expect(text).toContain(message);
    }
    policy.hidden.add(secret);
    const [{ id }] = (await bench.standing()).filter(
      ({ entityRef }) => entityRef === secret,
    );
    const path = `/drift/findings/${encodeURIComponent(id)}`;
    expect((await request(app).get(path)).status).toBe(404);
    const waiver = { reason: 'not mine', expiresAt: '2026-12-01T00:00:00Z' };
    expect(
      (await request(app).post(`${path}/waivers`).send(waiver)).status,
    ).toBe(404);
    const report = await request(app).get('/drift/report?format=csv');
    expect(report.text).not.toContain('checkout');
    for (const [format, said] of [
      ['json', '"hidden":1,'],
      ['sarif', '"properties":{"hidden":1}'],
      ['junit', '<property name="hidden" value="1"/>'],
      ['markdown', '1 component is left out: whoever fetched this may not'],
      ['html', '1 component is left out: whoever fetched this may not'],
    ]) {
      const told = await document(format);
      expect(told).toContain(said);
      expect(told).not.toContain('checkout');
    }

    policy.hidden.clear();
    policy.denied.add('ownership.finding.waive').add('ownership.scan.run');
    expect((await request(app).get(path)).status).toBe(200);
    for (const [method, where] of [
      ['post', `${path}/waivers`],
      ['post', `${path}/acknowledgements`],
      ['delete', `${path}/waivers`],
      ['post', '/drift/scans'],
    ] as const) {
      const response = await request(app)[method](where).send(waiver);
      expect([where, response.status]).toEqual([where, 403]);
    }
    for (const where of ['/drift/findings', '/drift/verdicts', path]) {
      const response = await request(app)
        .get(where)
        .set('authorization', mockCredentials.none.header());
      expect([where, response.status]).toEqual([where, 401]);
    }
  });

  it('waives, acknowledges and snoozes', async () => {
    const id = findingId({
      ruleId: 'owner-missing',
      entityRef: 'component:default/ledger',
    });
    const path = `/drift/findings/${encodeURIComponent(id)}`;
    const waive = (body: object) =>
      request(app).post(`${path}/waivers`).send(body);

    for (const body of [
      {},
      { reason: 'no', expiresAt: '2026-12-01T00:00:00Z' },
      { reason: 'in the past', expiresAt: '2026-11-20T00:00:00Z' },
      { reason: 'too long', expiresAt: '2027-11-20T00:00:00Z' },
      { reason: 'not a date', expiresAt: 'tomorrow' },
    ]) {
      expect([body, (await waive(body)).status]).toEqual([body, 400]);
    }
    const waived = await waive({
      reason: ' Is shut down in December ',
      expiresAt: '2026-12-31T00:00:00+01:00',
    });
    expect(waived.status).toBe(201);
    expect(waived.body).toMatchObject({
      state: 'waived',
      waiver: {
        reason: 'Is shut down in December',
        requestedBy: 'user:default/mock',
        expiresAt: '2026-12-30T23:00:00.000Z',
      },
    });
    expect(bench.published).toContainEqual(
      expect.objectContaining({ type: 'finding.waived', findingId: id }),
    );
    expect(await refs({ findingState: 'waived' })).toEqual([
      'component:default/ledger',
    ]);
    const acknowledge = (body?: object) =>
      request(app).post(`${path}/acknowledgements`).send(body);
    expect((await acknowledge({})).status).toBe(409);
    expect((await request(app).delete(`${path}/waivers`)).body).toMatchObject({
      state: 'open',
    });
    expect((await request(app).delete(`${path}/waivers`)).status).toBe(404);
    expect((await acknowledge({ comment: 'On it' })).body).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: 'user:default/mock',
    });
    expect(
      (await acknowledge({ snoozeUntil: '2026-11-28T00:00:00Z' })).body,
    ).toMatchObject({ state: 'snoozed' });
    expect((await acknowledge()).status).toBe(201);

    const { body: detail } = await request(app).get(path);
    expect(detail).toMatchObject({
      rule: { title: expect.any(String), why: expect.any(String) },
      events: [
        { type: 'opened' },
        { type: 'waived', by: 'user:default/mock' },
        { type: 'waiver-withdrawn' },
        { type: 'acknowledged', detail: 'On it' },
        { type: 'snoozed' },
        { type: 'acknowledged' },
      ],
    });
    expect((await request(app).get('/drift/findings/no%00ne')).status).toBe(
      404,
    );
  });

  it('writes every format', async () => {
    const { items } = await list({ limit: 500 });

    const csv = (await document('csv')).trimEnd().split('\r\n');
    expect(csv[0]).toMatch(
      /^entityRef,kind,ownerRefs,state,ruleId,severity,findingState,firstSeenAt,ageDays,message,/,
    );
    expect(csv).toHaveLength(items.length + 1);
    expect(csv.join('\n')).toContain(`"'=HYPERLINK(""http`);
    expect(csv).toContainEqual(
      expect.stringMatching(
        /^component:default\/ledger,component,,orphaned,owner-missing,/,
      ),
    );

    const ids = items.map(({ id }) => id);
    const json = JSON.parse(await document('json'));
    expect(json.items.map((item: Finding) => item.id)).toEqual(ids);
    const ndjson = (await document('ndjson')).trimEnd().split('\n');
    expect(ndjson.map(line => JSON.parse(line).id)).toEqual(ids);

    const sarif = JSON.parse(await document('sarif'));
    expect(sarif.version).toBe('2.1.0');
    const { results, tool } = sarif.runs[0];
    expect(
      results.map((result: any) => result.partialFingerprints.findingId),
    ).toEqual(ids);
    const known = tool.driver.rules.map((rule: any) => rule.id);
    expect(known).toEqual(
      expect.arrayContaining(results.map((result: any) => result.ruleId)),
    );

    const markdown = await document('markdown');
    expect(markdown).toContain(`\n${items.length} findings\n`);
    expect(markdown.match(/^\| (critical|high|medium|low) \|/gm)).toHaveLength(
      items.length,
    );
    // A report that says what is wrong says what to do, too.
    expect(
      markdown
        .split('\n')
        .filter(line => /^\| (critical|high|medium|low) \|/.test(line))
        .every(line =>
          /\| [^|]*\w[^|]* \| [a-z-]+ \| \w+ \| \d+ \|$/.test(line),
        ),
    ).toBe(true);
    const junit = await document('junit');
    expect(junit.match(/<testcase /g)).toHaveLength(items.length);
    const html = await document('html');
    for (const markup of [markdown, junit, html]) {
      expect(markup).not.toContain('<img');
    }
    expect((await request(app).get('/drift/report?format=exe')).status).toBe(
      400,
    );
  });

  it('sends what comes before the findings at once, and a report that fails is never complete', async () => {
    let fail = () => {};
    const failure = new Promise<never>((_, reject) => {
      fail = () => reject(new Error('The database is gone'));
    });
    const pages = jest
      .spyOn(DefaultFindingService.prototype, 'pages')
      .mockImplementation(async function* failing() {
        yield await failure;
      });
    const server = app.listen(0);
    try {
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(
        `http://127.0.0.1:${port}/drift/report?format=csv`,
      );
      expect(answer.status).toBe(200);
      const reader = answer.body!.getReader();
      const { value } = await reader.read();
      expect(Buffer.from(value!).toString()).toMatch(/^entityRef,.*\r\n$/);
      fail();
      await expect(reader.read()).rejects.toThrow();

      // Of a format that begins with a finding nothing was sent yet.
      const refused = await request(app).get('/drift/report?format=ndjson');
      expect(refused.status).toBe(500);
      expect(refused.headers['content-disposition']).toBeUndefined();
    } finally {
      pages.mockRestore();
      server.close();
    }
  });

  it('says what a report is without reading it for somebody who only asks', async () => {
    const read = jest.fn();
    const pages = jest
      .spyOn(DefaultFindingService.prototype, 'pages')
      .mockImplementation(async function* counted() {
        read();
        yield [];
      });
    try {
      const answer = await request(app).head('/drift/report?format=csv');
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(answer.headers['content-disposition']).toContain('.csv"');
      expect(read).not.toHaveBeenCalled();
    } finally {
      pages.mockRestore();
    }
  });

  it('hands out verdicts with an ETag that changes with them', async () => {
    const first = await request(app).get('/drift/verdicts');
    expect(first.body).toMatchObject({
      scannedAt: '2026-11-21T09:00:00.000Z',
      refs: {
        orphaned: ['api:default/old_orders', 'component:default/ledger'],
      },
    });
    const again = (etag: string) =>
      request(app).get('/drift/verdicts').set('if-none-match', etag);
    const { etag } = first.headers;
    const { result, statements } = await countingStatements(knex, () =>
      again(etag),
    );
    expect(result.status).toBe(304);
    expect(statements).toHaveLength(1);

    await bench.scanAfter(30);
    const later = await again(etag);
    expect(later.status).toBe(200);
    expect(later.body).toEqual({
      ...first.body,
      scannedAt: bench.now.toISOString(),
    });
    bench.entities = entities.filter(
      ({ metadata }) => metadata.name !== 'ledger',
    );
    await bench.scanAfter(30);
    const changed = await again(etag);
    expect(changed.status).toBe(200);
    expect(changed.body.refs.orphaned).toEqual(['api:default/old_orders']);

    const { body: tombstones } = await request(app).get('/drift/tombstones');
    expect(tombstones).toMatchObject({
      items: [{ entityRef: 'component:default/ledger', state: 'orphaned' }],
      totalItems: 1,
    });
  });

  it('starts scans and shows their progress', async () => {
    bench.now = new Date(bench.now.getTime() + 60_000);
    const { status, body } = await request(app).post('/drift/scans').send({});
    expect(status).toBe(202);
    expect(body).toMatchObject({
      state: 'running',
      requestedBy: 'user:default/mock',
    });
    await bench.runner.shutdown();
    const shown = await request(app).get(`/drift/scans/${body.id}`);
    expect(shown.body).toMatchObject({ id: body.id });
    expect(shown.body.state).not.toBe('running');
    const { body: scans } = await request(app).get('/drift/scans?limit=1');
    expect(scans.items[0].id).toBe(body.id);
    expect(scans.pageInfo.nextCursor).toBeDefined();
    expect((await request(app).get('/drift/scans/none')).status).toBe(404);
  });

  it('counts by age as the filters by age draw the lines, and shows a year', async () => {
    // The days before now, a finding for each as far as there are enough.
    const ages = [0.5, 1, 6.9, 7, 29, 30, 91, 400];
    const { items } = await list({ limit: 500 });
    for (const [index, { id }] of items.entries()) {
      const age = ages[index % ages.length];
      await knex('findings')
        .where({ id })
        .update({
          first_seen_at: new Date(
            bench.now.getTime() - age * 86_400_000,
          ).toISOString(),
        });
    }
    const { body: byAge } = await request(app)
      .get('/drift/summary')
      .query({ groupBy: 'age' });
    expect(byAge.items.map(({ key, title }: any) => [key, title])).toEqual([
      ['today', 'Less than a day'],
      ['week', 'A day to a week'],
      ['month', 'A week to a month'],
      ['quarter', '30 to 90 days'],
      ['older', 'More than 90 days'],
    ]);
    for (const { key, minAgeDays, maxAgeDays } of ageBuckets) {
      const { totalItems } = await list({ minAgeDays, maxAgeDays });
      expect(totalItems).toBeGreaterThan(0);
      expect(byAge.items).toContainEqual(
        expect.objectContaining({ key, findings: totalItems }),
      );
    }
    const { body: byTeam } = await request(app)
      .get('/drift/summary')
      .query({ groupBy: 'team' });
    expect(byTeam.items).toContainEqual(
      expect.objectContaining({
        key: 'group:default/payments',
        parent: 'group:default/shop',
      }),
    );

    // As many days as are kept; a year of them is shown.
    await knex('drift_history').where('scope', '*').delete();
    await knex.batchInsert(
      'drift_history',
      Array.from({ length: 400 }, (_, back) => {
        const at = new Date(bench.now.getTime() - back * 86_400_000);
        return {
          day: at.toISOString().slice(0, 10),
          scope: '*',
          at: at.toISOString(),
          open: back,
          opened: 0,
          closed: 1,
          owned: 0,
          at_risk: 0,
          orphaned: 0,
          unknown: 0,
        };
      }),
      50,
    );
    const { body: year } = await request(app).get('/drift/history');
    expect(year.points).toHaveLength(367);
    expect(year.points[0].open).toBe(366);
    expect(year.points[366].open).toBe(0);
    const { body: weeks } = await request(app)
      .get('/drift/history')
      .query({
        from: new Date(bench.now.getTime() - 42 * 86_400_000).toISOString(),
      });
    expect(weeks.points).toHaveLength(43);
  });
});
