import { findingMay } from './findingMay';
import type { FindingState } from './schema';

const ANN = 'user:default/ann';
const BOB = 'user:default/bob';

describe('findingMay', () => {
  const may = (options: {
    state: FindingState;
    requestedBy?: string;
    granted?: boolean;
    needed?: boolean;
    isApprover?: boolean;
  }) => {
    const { state, requestedBy, granted = true } = options;
    const { needed = false, isApprover = false } = options;
    const answer = findingMay({
      finding: { state, requestedBy },
      granted,
      approval: { needed, isApprover },
      caller: ANN,
    });
    return Object.entries(answer)
      .filter(([, value]) => value === true)
      .map(([name]) => name)
      .concat(
        Object.entries(answer.refusals).map(([name, why]) => `${name}: ${why}`),
      )
      .sort();
  };

  // Who has the permission; who has not; who decides.
  it.each([
    [
      'an open finding',
      { state: 'open' },
      ['acknowledge', 'assign', 'comment', 'waive'],
      ['decideWaiver: state', 'withdrawWaiver: state'],
    ],
    [
      'an open finding without the permission',
      { state: 'open', granted: false },
      ['comment'],
      [
        'acknowledge: permission',
        'assign: permission',
        'decideWaiver: state',
        'waive: permission',
        'withdrawWaiver: permission',
      ],
    ],
    [
      'a waived one',
      { state: 'waived' },
      ['assign', 'comment', 'waive', 'withdrawWaiver'],
      ['acknowledge: state', 'decideWaiver: state'],
    ],
    [
      'a closed one',
      { state: 'closed' },
      ['comment'],
      [
        'acknowledge: state',
        'assign: state',
        'decideWaiver: state',
        'waive: state',
        'withdrawWaiver: state',
      ],
    ],
    [
      'the request of another, as approver without any other permission',
      {
        state: 'open',
        requestedBy: BOB,
        granted: false,
        needed: true,
        isApprover: true,
      },
      ['comment', 'decideWaiver', 'needsApproval'],
      [
        'acknowledge: permission',
        'assign: permission',
        'waive: permission',
        'withdrawWaiver: permission',
      ],
    ],
    [
      'the request of another, as owner who does not approve',
      { state: 'acknowledged', requestedBy: BOB, needed: true },
      [
        'acknowledge',
        'assign',
        'comment',
        'needsApproval',
        'waive',
        'withdrawWaiver',
      ],
      ['decideWaiver: not-approver'],
    ],
    [
      'the own request, as approver',
      { state: 'open', requestedBy: ANN, needed: true, isApprover: true },
      [
        'acknowledge',
        'assign',
        'comment',
        'needsApproval',
        'waive',
        'withdrawWaiver',
      ],
      ['decideWaiver: own-request'],
    ],
    [
      'the own request after the permission was taken away',
      { state: 'open', requestedBy: ANN, granted: false, needed: true },
      ['comment', 'needsApproval', 'withdrawWaiver'],
      [
        'acknowledge: permission',
        'assign: permission',
        'decideWaiver: not-approver',
        'waive: permission',
      ],
    ],
    [
      'the own request to prolong a waiver, without the permission',
      { state: 'waived', requestedBy: ANN, granted: false, needed: true },
      ['comment', 'needsApproval'],
      [
        'acknowledge: permission',
        'assign: permission',
        'decideWaiver: not-approver',
        'waive: permission',
        'withdrawWaiver: permission',
      ],
    ],
    [
      'a request that no longer needs an approver',
      { state: 'open', requestedBy: BOB },
      [
        'acknowledge',
        'assign',
        'comment',
        'decideWaiver',
        'waive',
        'withdrawWaiver',
      ],
      [],
    ],
  ] as const)('knows of %s', (_, finding, allowed, refused) => {
    expect(may(finding)).toEqual([...allowed, ...refused].sort());
  });
});
