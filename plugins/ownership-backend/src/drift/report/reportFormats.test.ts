import type { ReportFormat } from '@service-ownership/backstage-plugin-ownership-common';
import { reportFormats } from './reportFormats';

/** A report of nothing, as its readers have to understand it, too. */
async function writeEmpty(format: ReportFormat): Promise<string> {
  async function* pages() {
    yield [];
  }
  let text = '';
  for await (const part of reportFormats[format].write(pages(), {
    now: new Date('2026-11-21T09:00:00Z'),
    rules: new Map(),
    hidden: 0,
  })) {
    text += part;
  }
  return text;
}

describe('reportFormats', () => {
  it('writes of no findings that there are none', async () => {
    expect(await writeEmpty('csv')).toMatch(/^entityRef,[^\n]*\r\n$/);
    expect(await writeEmpty('ndjson')).toBe('');
    expect(JSON.parse(await writeEmpty('json'))).toEqual({
      generatedAt: '2026-11-21T09:00:00.000Z',
      hidden: 0,
      items: [],
    });
    expect(JSON.parse(await writeEmpty('sarif')).runs[0].results).toEqual([]);
    expect(await writeEmpty('markdown')).toMatch(/\n0 findings\n$/);

    const html = await writeEmpty('html');
    expect(html).toContain('<p>0 findings</p>');
    expect(html).not.toContain('<table');
    // Jenkins fails a build over a report without any test.
    expect((await writeEmpty('junit')).match(/<testcase .*/g)).toEqual([
      '<testcase classname="ownership-drift" name="no findings"/>',
    ]);
  });
});
