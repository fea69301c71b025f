import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Writes files into a new directory and gives its path. */
export async function writeFiles(
  files: Record<string, string | Buffer>,
): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'ownership-cli-')));
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return root;
}
