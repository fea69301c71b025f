import { Writable } from 'node:stream';
import { run } from '../command/run';
import type { Output, Shell } from '../command/Shell';

/** Runs a command line in this process and gives what it wrote. */
export async function runInProcess(
  argv: string[],
  options: Partial<Omit<Shell, 'stdout' | 'stderr'>> & {
    isTTY?: boolean;
    columns?: number;
  } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { isTTY, columns, ...rest } = options;
  const stdout = collector({ isTTY, columns });
  const stderr = collector({ isTTY, columns });
  const code = await run(argv, {
    cwd: process.cwd(),
    env: {},
    fetch: async () => {
      throw new Error('no portal in this test');
    },
    now: () => new Date('2026-11-21T08:00:00Z'),
    wait: async () => {},
    ...rest,
    stdout: stdout.output,
    stderr: stderr.output,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collector(terminal: { isTTY?: boolean; columns?: number }): {
  output: Output;
  text(): string;
} {
  const chunks: Buffer[] = [];
  const output: Output = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  Object.assign(output, terminal);
  return { output, text: () => Buffer.concat(chunks).toString('utf8') };
}
