import type { ReportedFinding } from '../store/listFindings';
import { sarifReport } from './sarifReport';

const finding = (name: string): ReportedFinding => ({
  id: `owner-missing~component~default~${name}`,
  ruleId: 'owner-missing',
  severity: 'critical',
  state: 'open',
  entityRef: `component:default/${name}`,
  ownerRefs: [],
  message: 'Nobody is named in [the file](https://evil.example)',
  remediation: 'Correct slos[0].objective.',
  evidence: [],
  firstSeenAt: '2026-11-21T08:00:00.000Z',
  lastSeenAt: '2026-11-21T08:00:00.000Z',
  reopenedCount: 0,
});

describe('sarifReport', () => {
  it('has results that code scanning tells apart, and no links of others', async () => {
    let text = '';
    for await (const part of sarifReport.write(
      (async function* pages() {
        yield [finding('cart'), finding('ledger')];
      })(),
      { now: new Date('2026-11-21T09:00:00Z'), rules: new Map(), hidden: 0 },
    )) {
      text += part;
    }
    const [{ results }] = JSON.parse(text).runs;
    expect(
      results.map((result: any) => [
        result.locations[0].physicalLocation.artifactLocation.uri,
        result.partialFingerprints.primaryLocationLineHash,
      ]),
    ).toEqual([
      ['catalog-info.yaml', 'owner-missing~component~default~cart'],
      ['catalog-info.yaml', 'owner-missing~component~default~ledger'],
    ]);
    expect(results[0].message.text).toBe(
      'Nobody is named in [the file] (https://evil.example)\nCorrect slos[0].objective.',
    );
  });
});
