import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInProcess } from '../__testUtils__/runInProcess';
import { writeFiles } from '../__testUtils__/writeFiles';

const env = {
  OWNERSHIP_URL: 'https://portal.example/',
  OWNERSHIP_TOKEN: 'secret',
};

/** A portal that gives prepared answers and remembers what it was asked. */
function portal(answers: Record<string, unknown[]>) {
  const asked: string[] = [];
  const fetch = async (address: any, init: any = {}) => {
    expect(new Headers(init.headers).get('authorization')).toBe(
      'Bearer secret',
    );
    const { pathname, search } = new URL(address);
    asked.push(`${init.method ?? 'GET'} ${pathname}${search}`);
    const prepared = answers[pathname.replace('/api/ownership/drift/', '')];
    const answer = prepared.length > 1 ? prepared.shift() : prepared[0];
    return answer instanceof Response ? answer : Response.json(answer);
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

const summary = (bySeverity: Record<string, number>, hidden = 0) => {
  const findings = Object.values(bySeverity).reduce((a, b) => a + b, 0);
  return {
    items: Object.entries(bySeverity).map(([key, count]) => ({
      key,
      findings: count,
    })),
    totals: { findings, components: findings },
    hidden,
  };
};

/** A report as the portal sends it. */
const report = (body: BodyInit) =>
  new Response(body, {
    headers: {
      'content-disposition': 'attachment; filename="ownership-drift.csv"',
    },
  });

const scan = (state: string, processed: number, more = {}) => ({
  id: 'scan-1',
  state,
  processed,
  total: 40,
  startedAt: '2026-11-21T08:00:00.000Z',
  opened: 3,
  reopened: 0,
  closed: 1,
  unchanged: 7,
  ...more,
});

describe('drift report', () => {
  it('streams the report and fails on findings that are bad enough', async () => {
    const cwd = await writeFiles({});
    const { fetch, asked } = portal({
      report: [report('entityRef\n1\n'), report('entityRef\n2\n')],
      summary: [summary({ critical: 2, high: 1 }), summary({}, 12)],
      '/api/catalog/entities/by-refs': [{ items: [{ kind: 'Group' }] }],
    });
    const bad = await runInProcess(
      ['drift', 'report', '--fail-on', 'high', '--team', 'A'],
      { env, fetch },
    );
    expect(bad).toEqual({
      code: 1,
      stdout: 'entityRef\n1\n',
      stderr:
        '3 open findings are high or worse (2 critical, 1 high), on 3 components.\n',
    });
    const fine = await runInProcess(
      ['drift', 'report', '--fail-on=critical', '--out', 'r.csv'],
      { env, fetch, cwd },
    );
    expect(fine).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'The report is in r.csv.\n12 components are not counted: the token may not see them.\nNo open finding is critical.\n',
    });
    expect(await readFile(join(cwd, 'r.csv'), 'utf8')).toBe('entityRef\n2\n');
    expect(asked).toEqual([
      'POST /api/catalog/entities/by-refs',
      'GET /api/ownership/drift/report?format=csv&team=group%3Adefault%2Fa',
      'GET /api/ownership/drift/summary?groupBy=severity&team=group%3Adefault%2Fa&findingState=open&findingState=acknowledged&severity=critical&severity=high',
      'GET /api/ownership/drift/report?format=csv',
      'GET /api/ownership/drift/summary?groupBy=severity&findingState=open&findingState=acknowledged&severity=critical',
    ]);
  });

  it('narrows by flags and by a saved view', async () => {
    const views = {
      items: [
        {
          id: 'view-1',
          name: 'Orphans \u202e of tier 1',
          filter: { tier: ['tier-1', 'tier-2'], state: ['orphaned'] },
        },
        { id: 'view-2', name: 'Twice', filter: {} },
        {
          id: 'view-3',
          name: 'Twice',
          filter: { findingState: ['waived'], severity: ['low'] },
        },
      ],
      mayShare: false,
    };
    const ask = async (...args: string[]) => {
      const asking = portal({
        views: [views],
        report: [report('')],
        summary: [summary({})],
      });
      const ended = await runInProcess(['drift', 'report', ...args], {
        env,
        ...asking,
      });
      return { ...ended, asked: asking.asked };
    };
    const narrowed = await ask(
      '--view',
      'Orphans \u202e of tier 1',
      '--opened-since',
      '2026-11-01',
      '--assignee',
      'none',
      '--fail-on',
      'critical',
    );
    expect(narrowed.stderr).toContain('View: Orphans \\u{202e} of tier 1\n');
    expect(narrowed.code).toBe(0);
    const filter =
      'tier=tier-1&tier=tier-2&state=orphaned&openedSince=2026-11-01T00%3A00%3A00.000Z&assignee=none';
    expect(narrowed.asked).toEqual([
      'GET /api/ownership/drift/views',
      `GET /api/ownership/drift/report?format=csv&${filter}`,
      `GET /api/ownership/drift/summary?groupBy=severity&${filter}&findingState=open&findingState=acknowledged&severity=critical`,
    ]);

    // A view of what is waived says nothing of what is open.
    const low = await ask('--view', 'view-3', '--fail-on', 'low');
    expect(low.asked.slice(1)).toEqual([
      'GET /api/ownership/drift/report?format=csv&findingState=waived&severity=low',
      'GET /api/ownership/drift/summary?groupBy=severity&findingState=open&findingState=acknowledged&severity=low',
    ]);
    const none = await ask('--view', 'view-3', '--fail-on', 'high');
    expect(none.asked).toHaveLength(2);
    expect(none.code).toBe(0);

    expect(await ask('--view', 'Twice')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give the id of one: view-2, view-3'),
    });
    expect(await ask('--view', 'twice')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no view "twice". There are: '),
    });
    expect((await ask('--opened-since', 'monday')).code).toBe(2);
    expect((await ask('--opened-since', '2026-02-30')).code).toBe(2);
  });

  it('gives a terminal no orders, and a file what was sent', async () => {
    const sent = 'title\r\n"a \u001b[31mred\rline\u202e"\r\n';
    const parts = () =>
      report(
        new ReadableStream({
          start(controller) {
            for (const byte of new TextEncoder().encode(sent)) {
              controller.enqueue(Uint8Array.of(byte));
            }
            controller.close();
          },
        }),
      );
    const shown = (isTTY: boolean) =>
      runInProcess(['drift', 'report'], {
        env,
        isTTY,
        ...portal({ report: [parts()] }),
      });
    expect(await shown(true)).toMatchObject({
      code: 0,
      stdout: 'title\n"a \\u{1b}[31mred\\u{d}line\\u{202e}"\n',
    });
    expect((await shown(false)).stdout).toBe(sent);
  });

  it('does not take a team that is not there for one without findings', async () => {
    const args = ['drift', 'report', '--team', 'payment'];
    for (const [answer, findings, code, expected] of [
      [[null], 0, 2, 'There is no group:default/payment in the portal'],
      // Nobody knows it, and yet components name it as owner.
      [[null], 1, 0, ''],
      [[{ kind: 'Group' }], 0, 0, ''],
      [undefined, 0, 0, 'to read the catalog.\n'],
    ] as Array<[unknown[] | undefined, number, number, string]>) {
      const ended = await runInProcess(args, {
        env,
        ...portal({
          report: [report('entityRef\n')],
          summary: [summary({ low: findings })],
          '/api/catalog/entities/by-refs': [
            answer ? { items: answer } : new Response('', { status: 403 }),
          ],
        }),
      });
      expect(ended.stderr).toContain(expected);
      expect(ended.code).toBe(code);
      expect(ended.stdout).toBe(code === 0 ? 'entityRef\n' : '');
    }
  });

  it('never takes half a report or a refusal for a report', async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('entityRef\n'));
        controller.error(new Error('connection lost'));
      },
    });
    for (const [answer, expected] of [
      [report(broken), 'The report is not complete: connection lost'],
      [new Response('', { status: 401 }), 'does not accept the token (401)'],
      [new Response('', { status: 403 }), 'to use the plugin ownership'],
      [
        Response.json(
          { error: { message: 'no such \u001b[31mteam' } },
          { status: 400 },
        ),
        'answers 400: no such \\u{1b}[31mteam',
      ],
      // A portal answers with its pages wherever it knows nothing.
      [new Response('<html>'), 'gave an answer that is no report'],
      [Response.json({}), 'gave an answer that is no report'],
    ] as Array<[Response, string]>) {
      const failed = await runInProcess(['drift', 'report'], {
        env,
        fetch: portal({ report: [answer] }).fetch,
      });
      expect(failed.code).toBe(2);
      expect(failed.stderr).toContain(expected);
      expect(failed.stdout).not.toContain('<html>');
    }
    const nothing = await runInProcess(['drift', 'scan', '--wait'], {
      env,
      fetch: portal({ scans: [Response.json(null)] }).fetch,
    });
    expect(nothing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('an answer that says nothing'),
    });
    const page = await runInProcess(['drift', 'scan'], {
      env,
      fetch: portal({ scans: [new Response('<html>')] }).fetch,
    });
    expect(page).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('an answer that is not JSON'),
    });
    const lost = await runInProcess(['drift', 'report']);
    expect(lost).toMatchObject({ code: 2, stdout: '' });
    expect(lost.stderr).toContain('The address of the portal is missing');
  });
});

describe('drift scan', () => {
  const steps = () => ({
    scans: [scan('queued', 0, { total: 0 })],
    'scans/scan-1': [
      scan('running', 10),
      scan('running', 11),
      scan('running', 30),
      scan('completed', 40, { finishedAt: '2026-11-21T08:00:02.500Z' }),
    ],
    summary: [summary({ low: 1 })],
  });

  it('waits, and shows a bar on a terminal and lines elsewhere', async () => {
    const outcome =
      'Scan completed: 40 components in 2.5 s. Findings: 3 opened, 0 reopened, 1 closed, 7 unchanged.\n';
    const args = ['drift', 'scan', '--wait', '--fail-on', 'low'];
    const piped = await runInProcess(args, { env, ...portal(steps()) });
    expect(piped).toEqual({
      code: 1,
      stdout: outcome,
      stderr: [
        'Scan queued',
        'Scan 20 % of 40 components',
        'Scan 70 % of 40 components',
        'Scan 100 % of 40 components',
        '1 open finding is low or worse (1 low), on 1 component.',
        '',
      ].join('\n'),
    });
    const shown = await runInProcess(args, {
      env,
      isTTY: true,
      ...portal(steps()),
    });
    expect(shown.stdout).toBe(outcome);
    expect(shown.stderr).toContain(
      `\r\u001b[2KScan [${'█'.repeat(8)}${'░'.repeat(22)}]  25 %  10 of 40`,
    );
    for (const columns of [40, 30, 20]) {
      const narrow = await runInProcess(args, {
        env,
        isTTY: true,
        columns,
        ...portal(steps()),
      });
      const lines = narrow.stderr.split('\r\u001b[2K').slice(1, -1);
      expect(lines).toHaveLength(5);
      // One that fills the last column breaks on some terminals.
      expect(Math.max(...lines.map(line => line.length))).toBeLessThan(columns);
    }
  });

  it('starts and leaves, and tells a suspended scan from a late one', async () => {
    const started = portal({ scans: [scan('queued', 0)] });
    expect(
      await runInProcess(['drift', 'scan'], { env, ...started }),
    ).toMatchObject({ code: 0, stdout: 'Scan scan-1 is queued.\n' });
    expect(started.asked).toEqual(['POST /api/ownership/drift/scans']);

    const blind = await runInProcess(['drift', 'scan', '--fail-on', 'low'], {
      env,
      ...portal({ scans: [scan('queued', 0)] }),
    });
    expect(blind).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--fail-on needs --wait'),
    });

    const suspended = await runInProcess(['drift', 'scan', '--wait'], {
      env,
      ...portal({
        scans: [
          scan('suspended', 40, {
            reason: 'Half of all owners \u001b[31mvanished.',
          }),
        ],
      }),
    });
    expect(suspended.code).toBe(1);
    expect(suspended.stdout).toBe(
      'Scan suspended: 40 components. Half of all owners \\u{1b}[31mvanished.\n',
    );

    let clock = Date.parse('2026-11-21T08:00:00Z');
    const late = await runInProcess(
      ['drift', 'scan', '--wait', '--timeout', '2'],
      {
        env,
        now: () => new Date(clock),
        wait: async milliseconds => {
          clock += milliseconds;
        },
        ...portal({
          scans: [scan('running', 1)],
          'scans/scan-1': [scan('running', 1)],
        }),
      },
    );
    expect(late.code).toBe(2);
    expect(late.stderr).toContain('is still running after 2 s');
  });

  it('never prints a token or a password, whatever is wrong with it', async () => {
    for (const wrong of [
      { OWNERSHIP_URL: 'https://x.example', OWNERSHIP_TOKEN: 'sec\nret' },
      { OWNERSHIP_URL: 'https://x.example', OWNERSHIP_TOKEN: 'sec…ret' },
      { OWNERSHIP_URL: 'https://sec:sec@x.example:bad' },
      { OWNERSHIP_URL: 'https://sec:sec@x.example' },
    ]) {
      const ended = await runInProcess(['drift', 'report'], { env: wrong });
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).not.toContain('sec');
    }
    // A line end behind it comes from the file it was read from.
    const { code } = await runInProcess(['drift', 'report'], {
      env: { ...env, OWNERSHIP_TOKEN: 'secret\r\n' },
      fetch: portal({ report: [report('entityRef\n')] }).fetch,
    });
    expect(code).toBe(0);
  });

  it('says what to do where the certificate of a portal is its own', async () => {
    const cause = { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' };
    const ended = await runInProcess(['drift', 'report'], {
      env,
      fetch: async () => {
        throw new TypeError('fetch failed', { cause });
      },
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/not trusted here .*NODE_EXTRA_CA_CERTS/);
  });
});
