import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeFiles } from '../__testUtils__/writeFiles';
import { version } from '../../package.json';

const repository = join(__dirname, '../../../..');
const bin = join(repository, 'packages/cli/bin/service-ownership');

/** Runs the real thing as a process of its own. */
async function execute(...argv: string[]) {
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [bin, ...argv],
      { env: { PATH: process.env.PATH }, maxBuffer: 32 * 1024 * 1024 },
    );
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as {
      code: number;
      stdout: string;
      stderr: string;
    };
    return { code, stdout, stderr };
  }
}

describe('service-ownership', () => {
  it('finds in the example organisation what was planted there', async () => {
    const out = await writeFiles({});
    await promisify(execFile)(process.execPath, [
      join(repository, 'examples/materialise.mjs'),
      '--out',
      out,
    ]);
    const { code, stdout, stderr } = await execute(
      'lint',
      '--format',
      'json',
      out,
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const { problems, checked } = JSON.parse(stdout);
    expect(checked.entities).toBeGreaterThan(200);
    expect(
      [
        ...new Set(
          problems
            .filter((p: any) => p.severity === 'error')
            .map(
              (p: any) =>
                `${p.rule} ${
                  /([\w-]+)(\/catalog-info)?\.yaml$/.exec(p.file)?.[1]
                }`,
            ),
        ),
      ].sort(),
    ).toEqual([
      'contract certificates-tracker',
      'contract-duplicate loyalty-points',
    ]);
  }, 60_000);

  it('ends as it has to though nobody reads on, as in `… | head`', async () => {
    const cwd = await writeFiles({
      'catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a b }\n',
    });
    const lint = spawn(process.execPath, [bin, 'lint', '.'], { cwd });
    lint.stdout.destroy();
    const [code] = await once(lint, 'close');
    expect(code).toBe(1);
  }, 60_000);

  it('tells its version, and ends with 2 where it cannot help', async () => {
    expect(await execute('--version')).toEqual({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
    const unknown = await execute('paint');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('There is no command paint.');
  }, 60_000);
});
