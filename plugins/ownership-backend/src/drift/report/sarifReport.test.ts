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

async function written(names: string[]): Promise<any> {
  let text = '';
  for await (const part of sarifReport.write(
    (async function* pages() {
      yield names.map(finding);
    })(),
    { now: new Date('2026-11-21T09:00:00Z'), rules: new Map(), hidden: 0 },
  )) {
    text += part;
  }
  const { runs } = JSON.parse(text);
  return runs[0];
}

describe('sarifReport', () => {
  it('has results that code scanning tells apart, and no links of others', async () => {
    const { results, invocations } = await written(['cart', 'ledger']);
    expect(invocations).toEqual([{ executionSuccessful: true }]);
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

  it('says what code scanning leaves out of many results', async () => {
    const { invocations } = await written(Array(5_001).fill('cart'));
    expect(invocations[0].toolExecutionNotifications[0].message.text).toMatch(
      /^There are 5,001 results\. GitHub keeps the worst 5,000 .* than 25,000/,
    );
  });
});
