import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInProcess } from '../__testUtils__/runInProcess';
import { writeFiles } from '../__testUtils__/writeFiles';

const catalogInfo = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  description: Takes a cart to a paid order.
spec:
  type: service
  lifecycle: production
  owner: payments
`;

describe('init', () => {
  it('prints a contract that lint accepts, and writes it once', async () => {
    const cwd = await writeFiles({ 'catalog-info.yaml': catalogInfo });
    const printed = await runInProcess(['init', '--tier', 'tier-1'], { cwd });
    expect(printed.code).toBe(0);
    expect(printed.stdout).toContain('tier: tier-1');
    expect(printed.stdout).toContain('Takes a cart to a paid order.');
    expect(printed.stdout).toContain('to: group:default/payments');

    const args = ['init', 'catalog-info.yaml', '--tier', 'tier-1', '--write'];
    const written = await runInProcess(args, { cwd });
    expect(written.stdout).toContain('$yaml: ./ownership.yaml');
    expect(await readFile(join(cwd, 'ownership.yaml'), 'utf8')).toBe(
      printed.stdout,
    );
    expect(await runInProcess(['lint', '.'], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No problems. 2 files checked'),
    });
    const again = await runInProcess(args, { cwd });
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('is there already and is left as it is');
  });

  it('says what it needs', async () => {
    const cwd = await writeFiles({
      'group.yaml': catalogInfo.replace('Component', 'Group'),
    });
    for (const [argv, expected] of [
      [[], 'catalog-info.yaml is not there'],
      [['group.yaml'], 'holds no entity that a team owns'],
      [['group.yaml', '--tier', 'tier-9'], '--tier is one of tier-1'],
      [['a', 'b'], 'At most 1 catalog file'],
    ] as Array<[string[], string]>) {
      const refused = await runInProcess(['init', ...argv], { cwd });
      expect(refused.stderr).toContain(expected);
      expect(refused.code).toBe(2);
    }
  });
});
