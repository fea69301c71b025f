/* eslint-disable no-script-url -- hostile links are what is tested */
import type { Entity } from '@backstage/catalog-model';
import { contractSourcesOf, contractSubjectsOf } from './contractSources';
import { contractMarker } from './contractMarker';
import { effectiveContract } from './effectiveContract';
import { parseContract } from './parseContract';
import { resolveContractState } from './resolveContractState';
import { reviewDueAt } from './reviewDueAt';
import { effectiveContractSchema } from './schema';
import { starterContract } from './starterContract';
import { tierRequirements } from './tierRequirements';

const now = new Date('2026-11-21T08:00:00Z');

function component(
  contract?: unknown,
  metadata: Partial<Entity['metadata']> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout', ...metadata },
    spec: {
      owner: 'payments',
      lifecycle: 'production',
      system: 'shop',
      ...(contract === undefined ? {} : { ownershipContract: contract as any }),
    },
  };
}

const contractEntity: Entity = {
  apiVersion: 'service-ownership.io/v1alpha1',
  kind: 'OwnershipContract',
  metadata: { name: 'shop-contracts', namespace: 'shop' },
  spec: {
    owner: 'group:default/platform',
    subjects: ['Checkout', 'component:default/Ledger', 'checkout', 7, 'a:b:c'],
    tier: 'tier-2',
  },
};

describe('contractSourcesOf and contractSubjectsOf', () => {
  it('find the contract of an entity in each of its forms', () => {
    expect(contractSourcesOf(component())).toEqual([]);
    expect(contractSourcesOf(component({ tier: 'tier-1' }))).toEqual([
      {
        form: 'inline',
        entityRef: 'component:default/checkout',
        document: { tier: 'tier-1' },
      },
    ]);
    expect(
      contractSourcesOf(
        component(
          { tier: 'tier-1' },
          {
            annotations: {
              'service-ownership.io/contract-file': 'url:https://x.org/o.yaml',
            },
          },
        ),
      ),
    ).toMatchObject([{ form: 'file' }]);
    expect(contractSourcesOf(contractEntity)).toEqual([
      {
        form: 'entity',
        entityRef: 'ownershipcontract:shop/shop-contracts',
        document: { tier: 'tier-2' },
      },
    ]);
    expect(contractSubjectsOf(contractEntity)).toEqual({
      subjects: ['component:shop/checkout', 'component:default/ledger'],
      errors: [
        expect.stringContaining('spec.subjects[3]'),
        expect.stringContaining('spec.subjects[4]'),
      ],
    });
    expect(
      contractSubjectsOf({ ...contractEntity, spec: {} }).errors,
    ).toHaveLength(1);
  });

  it('leave kinds of that name in groups of others alone', () => {
    const theirs = { ...contractEntity, apiVersion: 'acme.example/v1' };
    expect(contractSourcesOf(theirs)).toEqual([]);
    expect(contractSubjectsOf(theirs)).toEqual({ subjects: [], errors: [] });
  });
});

describe('resolveContractState', () => {
  const valid = contractSourcesOf(component({ tier: 'tier-1' }));
  it.each([
    ['missing', [], undefined, /^$/],
    ['valid', valid, undefined, /^$/],
    ['invalid', contractSourcesOf(component({ tier: 1 })), undefined, /tier-1/],
    [
      'duplicate',
      [...valid, ...contractSourcesOf(contractEntity)],
      undefined,
      /2 contracts.*component:default\/checkout \(inline\), ownershipcontract:shop\/shop-contracts \(entity\)/,
    ],
    ['unreadable', [], 'The catalog did not answer', /did not answer/],
    [
      'invalid',
      contractSourcesOf(
        component(contractMarker({ kind: 'invalid', message: 'no such file' })),
      ),
      undefined,
      /no such file/,
    ],
    [
      'unreadable',
      contractSourcesOf(
        component(contractMarker({ kind: 'unreachable', message: 'HTTP 503' })),
      ),
      undefined,
      /HTTP 503/,
    ],
    [
      'unreadable',
      contractSourcesOf(component({ $yaml: './ownership.yaml' })),
      undefined,
      /was not read/,
    ],
  ])('tells %s (%#)', (status, sources, unreadable, message) => {
    const state = resolveContractState({ sources, unreadable });
    expect(state.status).toBe(status);
    expect(state.contract !== undefined).toBe(status === 'valid');
    expect(state.errors.map(error => error.message).join()).toMatch(message);
  });
});

describe('effectiveContract', () => {
  const links = [
    { url: 'https://wiki.example.org/run', title: 'Run it', type: 'runbook' },
    { url: 'javascript:alert(1)', title: 'Bad', type: 'runbook' },
    { url: 'https://chat.example.org/payments', type: 'Slack' },
    { url: 'mailto:payments@example.org', type: 'email' },
    { url: 'https://example.org', type: 'website' },
  ];
  const annotations = { 'pagerduty.com/service-id': 'PABC123' };
  const stateOf = (entity: Entity) =>
    resolveContractState({ sources: contractSourcesOf(entity) });

  it('says what the catalog knows where there is no contract', () => {
    const entity = component(undefined, {
      links,
      annotations,
      labels: { 'service-ownership.io/tier': 'tier-2' },
    });
    const effective = effectiveContract({
      entity,
      state: stateOf(entity),
      now,
    });
    expect(effective).toEqual({
      tier: 'tier-2',
      lifecycle: 'production',
      system: 'system:default/shop',
      onCall: { provider: 'pagerduty', ref: 'PABC123' },
      runbooks: [
        { id: 'link-1', title: 'Run it', url: 'https://wiki.example.org/run' },
      ],
      contacts: [
        {
          type: 'url',
          value: 'https://chat.example.org/payments',
          purpose: 'support',
        },
        { type: 'email', value: 'payments@example.org', purpose: 'support' },
      ],
      provenance: {
        tier: {
          source: 'catalog',
          location: 'metadata.labels.service-ownership.io/tier',
          entityRef: 'component:default/checkout',
        },
        onCall: expect.objectContaining({
          location: 'metadata.annotations.pagerduty.com/service-id',
        }),
        lifecycle: expect.objectContaining({ location: 'spec.lifecycle' }),
        system: expect.objectContaining({ location: 'spec.system' }),
        runbooks: expect.objectContaining({ location: 'metadata.links' }),
        contacts: expect.objectContaining({ location: 'metadata.links' }),
      },
    });
    expect(effectiveContractSchema.parse(effective)).toEqual(effective);
  });

  it.each([
    [{ 'opsgenie.com/team': 'payments' }, 'opsgenie', 'payments'],
    [{ 'splunk.com/on-call-team': 'payments' }, 'splunk-on-call', 'payments'],
    [
      { 'pagerduty.com/integration-key': 's3cret' },
      'pagerduty',
      'integration key',
    ],
  ])('knows the rotation by %j', (known, provider, ref) => {
    const entity = component(undefined, { annotations: known });
    expect(
      effectiveContract({ entity, state: stateOf(entity) }).onCall,
    ).toEqual({ provider, ref });
  });

  it('lets the contract speak, with the links beside it', () => {
    const entity = component(
      {
        tier: 'tier-1',
        onCall: { provider: 'opsgenie', ref: 'payments' },
        runbooks: [
          { id: 'a', title: 'A', url: 'docs/a.md' },
          { id: 'w', title: 'W', url: 'https://wiki.example.org/other' },
        ],
      },
      { links, annotations },
    );
    const effective = effectiveContract({
      entity,
      state: stateOf(entity),
      now,
    });
    expect(effective.onCall).toEqual({ provider: 'opsgenie', ref: 'payments' });
    expect(effective.runbooks?.map(({ id }) => id)).toEqual([
      'a',
      'w',
      'link-1',
    ]);
    expect(effective.review).toEqual({ cadence: 'P90D' });
    expect(effective.provenance).toMatchObject({
      onCall: {
        source: 'contract',
        location: 'spec.ownershipContract.onCall',
      },
      runbooks: { source: 'contract' },
      'runbooks[2]': { source: 'catalog', location: 'metadata.links' },
      contacts: { source: 'catalog' },
      'review.cadence': { source: 'default', location: 'tier tier-1' },
    });
  });

  it('uses nothing of a contract with errors', () => {
    const entity = component({ tier: 'tier-1', mission: 5 });
    expect(
      effectiveContract({ entity, state: stateOf(entity) }).tier,
    ).toBeUndefined();
  });

  it('names the file and the entity a contract stands in', () => {
    const file = component(
      { tier: 'tier-1' },
      {
        annotations: {
          'service-ownership.io/contract-file': 'url:https://x.org/o.yaml',
        },
      },
    );
    expect(
      effectiveContract({ entity: file, state: stateOf(file) }).provenance.tier,
    ).toEqual({
      source: 'contract',
      location: 'url:https://x.org/o.yaml',
      entityRef: 'component:default/checkout',
    });
    const onDisk = component(
      { tier: 'tier-1' },
      {
        annotations: {
          'service-ownership.io/contract-file': 'file:/srv/shop/o.yaml',
        },
      },
    );
    expect(
      effectiveContract({ entity: onDisk, state: stateOf(onDisk) }).provenance
        .tier.location,
    ).toBe('file:o.yaml');
    expect(
      effectiveContract({
        entity: component(),
        contractEntity,
        state: stateOf(contractEntity),
      }).provenance.tier,
    ).toEqual({
      source: 'contract',
      location: 'spec.tier',
      entityRef: 'ownershipcontract:shop/shop-contracts',
    });
  });

  it.each([
    ['later than the review', '2026-10-01T09:00:00Z', true],
    ['earlier than the review', '2026-08-01T09:00:00Z', false],
    ['from the future', '2027-01-01T09:00:00Z', false],
  ])('weighs an attestation %s', (_, at, counts) => {
    const entity = component({
      tier: 'tier-1',
      review: { reviewedAt: '2026-09-01', reviewedBy: 'ada', cadence: 'P1M' },
    });
    const effective = effectiveContract({
      entity,
      state: stateOf(entity),
      attestation: { at: new Date(at), by: 'user:default/bob' },
      now,
    });
    expect(effective.review).toEqual(
      counts
        ? {
            reviewedAt: '2026-10-01T09:00:00.000Z',
            reviewedBy: 'user:default/bob',
            cadence: 'P1M',
          }
        : {
            reviewedAt: '2026-09-01',
            reviewedBy: 'user:default/ada',
            cadence: 'P1M',
          },
    );
    expect(effective.provenance['review.reviewedAt']?.source).toBe(
      counts ? 'attestation' : undefined,
    );
    expect(reviewDueAt(effective)?.toISOString()).toBe(
      counts ? '2026-11-01T09:00:00.000Z' : '2026-10-01T00:00:00.000Z',
    );
  });
});

describe('reviewDueAt', () => {
  it.each([
    ['P90D', '2026-11-30T00:00:00.000Z'],
    ['P1M', '2026-10-01T00:00:00.000Z'],
    ['P1Y', '2027-09-01T00:00:00.000Z'],
    [undefined, '2026-11-30T00:00:00.000Z'],
  ])('adds %s to the last review', (cadence, due) => {
    expect(
      reviewDueAt({
        tier: 'tier-1',
        review: { reviewedAt: '2026-09-01', cadence },
      })?.toISOString(),
    ).toBe(due);
  });

  it('keeps the end of the month and says nothing without a review', () => {
    expect(
      reviewDueAt({
        review: { reviewedAt: '2026-01-31', cadence: 'P1M' },
      })?.toISOString(),
    ).toBe('2026-02-28T00:00:00.000Z');
    expect(reviewDueAt({ tier: 'tier-1' })).toBeUndefined();
  });
});

describe('tierRequirements', () => {
  it('asks more of what more depends on, and can be overridden', () => {
    expect(tierRequirements({ tier: 'tier-1' })).toMatchObject({
      onCall: true,
      slos: 1,
      runbookAreas: ['deployment', 'monitoring', 'incident', 'rollback'],
      drillWithinDays: 180,
    });
    expect(tierRequirements({}).onCall).toBe(false);
    expect(
      tierRequirements({
        tier: 'tier-3',
        overrides: { 'tier-3': { slos: 2 }, 'tier-1': { slos: 9 } },
      }),
    ).toMatchObject({ slos: 2, runbookAreas: ['incident'] });
  });
});

describe('starterContract', () => {
  it.each(['tier-1', 'tier-2', 'tier-3', 'tier-4'] as const)(
    'is a valid contract that names what %s asks for',
    tier => {
      const entity = component(undefined, {
        description: 'Says "hi: there" # twice\nand more',
      });
      const text = starterContract({
        entity,
        tier,
        ownerRef: 'group:default/payments',
      });
      const { contract, errors, warnings } = parseContract({ text });
      expect(errors).toEqual([]);
      expect(warnings).toEqual([]);
      const asked = tierRequirements({ tier });
      expect(contract?.mission).toBe('Says "hi: there" # twice\nand more');
      expect(contract?.onCall !== undefined).toBe(asked.onCall);
      expect(contract?.slos?.length ?? 0).toBe(asked.slos);
      expect(contract?.escalation?.length ?? 0).toBe(asked.escalationSteps);
      expect(
        contract?.runbooks?.flatMap(({ covers }) => covers ?? []) ?? [],
      ).toEqual(asked.runbookAreas);
    },
  );
});
