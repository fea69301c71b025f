import { runInProcess } from '../__testUtils__/runInProcess';
import { writeFiles } from '../__testUtils__/writeFiles';

const env = {
  OWNERSHIP_URL: 'https://portal.example/',
  OWNERSHIP_TOKEN: 'secret',
};
const TEXT = 'ownership:\n  drift:\n    rules:\n      owner-missing: false\n';

function portal(answer: unknown) {
  const asked: unknown[] = [];
  const fetch = async (address: any, init: any = {}) => {
    asked.push([
      init.method,
      new URL(address).pathname,
      JSON.parse(init.body as string),
    ]);
    return Response.json(answer);
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

const outcome = {
  problems: [],
  outcome: {
    components: 1234,
    hidden: 0,
    opens: 5,
    closes: 1,
    rules: [
      {
        id: 'pager-missing',
        title: 'No pager',
        severity: 'high',
        enabled: true,
        opens: 5,
        closes: 0,
        reweighed: 0,
        broken: 0,
        opening: ['a', 'b', 'c', 'd'].map(name => ({
          entityRef: `component:default/${name}`,
          message: 'no \u001b[31mpager',
        })),
        closing: [],
      },
      {
        id: 'owner-missing',
        title: 'No owner',
        severity: 'critical',
        enabled: false,
        opens: 0,
        closes: 1,
        reweighed: 0,
        broken: 0,
        opening: [],
        closing: [{ entityRef: 'component:default/x', message: 'Nobody' }],
      },
    ],
    states: {
      changed: 5,
      now: { owned: 6, 'at-risk': 0, orphaned: 1, unknown: 0 },
      then: { owned: 2, 'at-risk': 5, orphaned: 0, unknown: 0 },
      samples: [],
    },
  },
};

describe('drift dry-run', () => {
  it('shows a table, and fails where too much would open', async () => {
    const cwd = await writeFiles({ 'app-config.yaml': TEXT });
    const args = ['drift', 'dry-run', '--config', 'app-config.yaml'];
    const { asked, fetch } = portal(outcome);
    const fine = await runInProcess([...args, '--fail-on-open', '5'], {
      env,
      cwd,
      fetch,
    });
    expect(fine).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'rule              opens  closes  weight  severity',
        'pager-missing         5       0       0  high',
        '  + component:default/a: no \\u{1b}[31mpager',
        '  + component:default/b: no \\u{1b}[31mpager',
        '  + component:default/c: no \\u{1b}[31mpager',
        '  + and 2 more',
        'owner-missing         0       1       0  off',
        '  - component:default/x: Nobody',
        '',
        '5 would open and 1 would close, over 1,234 components.',
        '5 components would change their state: at risk 0 → 5, orphaned 1 → 0.',
        '',
      ].join('\n'),
    });
    const bad = await runInProcess([...args, '--over', '--fail-on-open', '4'], {
      env,
      cwd,
      fetch,
    });
    expect(bad).toMatchObject({
      code: 1,
      stderr: '5 findings would open; at most 4 may.\n',
    });
    expect(asked).toEqual([
      [
        'POST',
        '/api/ownership/drift/rules/dry-run',
        { text: TEXT, replace: true },
      ],
      [
        'POST',
        '/api/ownership/drift/rules/dry-run',
        { text: TEXT, replace: false },
      ],
    ]);
  });

  it('says what is wrong with the rules, or with the call', async () => {
    const cwd = await writeFiles({ 'rules.yaml': 'rules: { x: 1 }' });
    const wrong = await runInProcess(
      ['drift', 'dry-run', '--config', 'rules.yaml'],
      {
        env,
        cwd,
        ...portal({
          problems: [{ path: 'rules.x', message: 'is no rule', line: 1 }],
        }),
      },
    );
    expect(wrong).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'The rules in rules.yaml are not right:\n  line 1: rules.x is no rule\n',
    });
    for (const [args, message] of [
      [[], /Give --config/],
      [['--config', 'gone.yaml'], /gone.yaml cannot be read: ENOENT/],
    ] as Array<[string[], RegExp]>) {
      const ended = await runInProcess(['drift', 'dry-run', ...args], {
        env,
        cwd,
      });
      expect(ended.code).toBe(2);
      expect(ended.stderr).toMatch(message);
    }
  });
});
