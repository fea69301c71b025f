import { ConfigReader } from '@backstage/config';
import { readDriftConfig } from './DriftConfig';

function read(ownership: object) {
  return readDriftConfig(new ConfigReader({ ownership } as object));
}

describe('readDriftConfig', () => {
  it('has defaults for everything', () => {
    expect(readDriftConfig(new ConfigReader({}))).toEqual({
      kinds: new Set(['component', 'system', 'api', 'resource']),
      platformTeam: undefined,
      notify: true,
      digest: 'scan',
      schedule: {
        frequency: { minutes: 30 },
        timeout: { hours: 2 },
        initialDelay: { seconds: 30 },
      },
      graceMs: 3_600_000,
      massLoss: { share: 0.1, minimum: 5, acceptAfterMs: 7 * 86_400_000 },
      deadAfterMs: 120_000,
      shards: 1,
      retentionMs: 400 * 86_400_000,
      maxWaiverMs: 180 * 86_400_000,
      waiverApproval: [],
      rules: undefined,
    });
  });

  it('reads what is written', () => {
    expect(
      read({
        kinds: ['Component', 'Website'],
        platformTeam: 'Platform',
        notifications: { enabled: false, digest: 'weekly' },
        drift: {
          schedule: { frequency: { cron: '0 * * * *' }, timeout: 'PT1H' },
          gracePeriod: 'PT0S',
          massLoss: { share: 1, minimum: 1, acceptAfter: '2 days' },
          waivers: {
            maxDuration: { days: 30 },
            approval: [
              {
                severity: ['critical'],
                approvers: ['Security', 'user:default/ann'],
              },
            ],
          },
          rules: { 'owner-missing': false },
        },
      }),
    ).toMatchObject({
      kinds: new Set(['component', 'website']),
      platformTeam: 'group:default/platform',
      notify: false,
      digest: 'weekly',
      schedule: { frequency: { cron: '0 * * * *' }, timeout: { hours: 1 } },
      graceMs: 0,
      massLoss: { share: 1, minimum: 1, acceptAfterMs: 2 * 86_400_000 },
      maxWaiverMs: 30 * 86_400_000,
      waiverApproval: [
        {
          severities: ['critical'],
          approvers: ['group:default/security', 'user:default/ann'],
        },
      ],
      rules: { 'owner-missing': false },
    });
  });

  it.each([
    [{ platformTeam: 'a:b:c' }, 'ownership.platformTeam must be an entity ref'],
    [{ drift: { massLoss: { share: 10 } } }, 'massLoss.share must be 0 to 1'],
    [{ drift: { shards: 0 } }, 'shards must be a whole number from 1 to 32'],
    [{ drift: { shards: 1.5 } }, 'shards must be a whole number'],
    [{ drift: { massLoss: { minimum: 0 } } }, 'massLoss.minimum must be'],
    [{ drift: { deadAfter: 'PT1S' } }, 'deadAfter must be a duration of 10'],
    [
      { notifications: { digest: 'hourly' } },
      'must be one of scan, daily, weekly, off',
    ],
    [{ drift: { gracePeriod: 'soon' } }, 'gracePeriod'],
    [
      {
        drift: {
          waivers: {
            approval: [
              { severity: ['high'], approvers: ['security'] },
              { severity: ['high'], approvers: ['platform'] },
            ],
          },
        },
      },
      'approval[1].severity: high has its approvers in an earlier entry',
    ],
    [
      {
        drift: {
          waivers: { approval: [{ severity: ['urgent'], approvers: ['x'] }] },
        },
      },
      'must be critical, high, medium or low',
    ],
    [
      {
        drift: {
          waivers: { approval: [{ severity: ['high'], approvers: [] }] },
        },
      },
      'must name at least one severity and one approver',
    ],
  ])('refuses %j', (ownership, message) => {
    expect(() => read(ownership)).toThrow(message);
  });
});
