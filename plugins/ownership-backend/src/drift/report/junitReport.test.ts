import type { Finding } from '@service-ownership/backstage-plugin-ownership-common';
import type { ReportedFinding } from '../store/listFindings';
import { junitReport } from './junitReport';

const finding = (more: Partial<Finding>): ReportedFinding => ({
  id: 'owner-missing~component~default~cart',
  ruleId: 'owner-missing',
  severity: 'critical',
  state: 'open',
  entityRef: 'component:default/cart',
  ownerRefs: [],
  message: 'Nobody is named',
  remediation: 'Name a team.',
  evidence: [],
  firstSeenAt: '2026-11-21T08:00:00.000Z',
  lastSeenAt: '2026-11-21T08:00:00.000Z',
  reopenedCount: 0,
  ...more,
});

describe('junitReport', () => {
  it('fails a build over what --fail-on counts, and over nothing else', async () => {
    async function* pages() {
      yield [
        finding({}),
        finding({ state: 'acknowledged' }),
        finding({
          state: 'snoozed',
          snoozedUntil: '2026-12-01T00:00:00.000Z',
        }),
        finding({
          state: 'waived',
          waiver: {
            reason: 'Shut down \u0007 in <May>',
            requestedBy: 'user:default/sam',
            expiresAt: '2026-12-01T00:00:00.000Z',
          },
        }),
        finding({ state: 'closed' }),
      ];
    }
    let text = '';
    for await (const part of junitReport.write(pages(), {
      now: new Date('2026-11-21T09:00:00Z'),
      rules: new Map(),
      hidden: 0,
    })) {
      text += part;
    }
    const test =
      '<testcase classname="component:default/cart" name="owner-missing"';
    expect(text.match(/<testcase .*/g)).toEqual([
      `${test}><failure type="critical" message="Nobody is named">Nobody is named`,
      `${test}><failure type="critical" message="Nobody is named">Nobody is named`,
      `${test}><skipped message="Snoozed until 2026-12-01T00:00:00.000Z"/></testcase>`,
      `${test}><skipped message="Shut down \ufffd in &lt;May&gt;"/></testcase>`,
      `${test}/>`,
    ]);
  });
});
