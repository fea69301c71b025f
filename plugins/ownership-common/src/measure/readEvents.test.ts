import { componentOfService } from './componentOfService';
import { readCloudEvent } from './readCloudEvent';
import { readDeliveryEvent } from './readDeliveryEvent';

const now = new Date('2026-11-21T08:00:00Z');
// Shaped after the CDEvents specification, continuous-deployment.md and
// continuous-operations.md, and its CloudEvents binding.
const deployed = {
  context: {
    version: '0.4.1',
    id: 'e-1',
    source: '/ci/berth',
    type: 'dev.cdevents.service.deployed.0.2.0',
    timestamp: '2026-11-20T10:00:00+02:00',
  },
  subject: {
    id: 'service/checkout',
    type: 'service',
    content: {
      environment: { id: 'production' },
      artifactId: 'pkg:oci/checkout@1.4.2?repository_url=registry.example',
    },
  },
};
const bound = (data: object, more: object = {}) => ({
  specversion: '1.0',
  id: 'e-1',
  source: '/ci/berth',
  type: 'dev.cdevents.service.deployed.0.2.0',
  time: '2026-11-20T08:00:00Z',
  subject: 'service/checkout',
  datacontenttype: 'application/json',
  data,
  ...more,
});

function read(raw: unknown) {
  const result = readCloudEvent(raw);
  return 'message' in result
    ? { invalid: result.message }
    : readDeliveryEvent({ event: result.event, now });
}

describe('reading events', () => {
  const expected = {
    service: { id: 'service/checkout', source: '/ci/berth' },
    kind: 'deployment',
    deployment: {
      kind: 'deployed',
      outcome: 'success',
      at: '2026-11-20T08:00:00.000Z',
      environment: 'production',
      version: '1.4.2',
    },
  };

  it.each([
    ['a CDEvent by itself', deployed],
    ['inside a CloudEvent', bound(deployed)],
    ['as JSON text', bound({}, { data: JSON.stringify(deployed) })],
    [
      'in base64',
      bound(
        {},
        {
          data: undefined,
          data_base64: Buffer.from(JSON.stringify(deployed)).toString('base64'),
        },
      ),
    ],
    [
      'with its context in the CloudEvent alone',
      bound({ subject: deployed.subject }),
    ],
    [
      'of a version to come, or without one',
      bound(deployed, { type: 'dev.cdevents.service.deployed.0.9.3-draft' }),
    ],
    ['', bound(deployed, { type: 'dev.cdevents.service.deployed' })],
  ])('reads a deployment %s', (_, raw) => {
    expect(read(raw)).toMatchObject({ read: expected });
  });

  it('reads incidents with what customData adds', () => {
    const incident = (predicate: string, custom?: object) => ({
      context: {
        id: 'e-2',
        source: '/pager',
        type: `dev.cdevents.incident.${predicate}.0.2.0`,
        timestamp: '2026-11-20T09:00:00Z',
      },
      subject: {
        id: 'INC-7',
        content: {
          description: 'Payments\u0000 fail',
          environment: { id: 'production' },
          service: { id: 'payments-api', source: '/k8s' },
          ticketURI: 'https://tickets.example/INC-7',
        },
      },
      customData: custom,
    });
    expect(
      read(
        incident('detected', {
          startedAt: '2026-11-20T08:50:00Z',
          entityRef: 'component:default/payments',
        }),
      ),
    ).toMatchObject({
      read: {
        kind: 'incident',
        incidentId: 'INC-7',
        source: '/pager',
        entityRef: 'component:default/payments',
        service: { id: 'payments-api', source: '/k8s' },
        incident: {
          startedAt: '2026-11-20T08:50:00.000Z',
          detectedAt: '2026-11-20T09:00:00.000Z',
          title: 'Payments fail',
          url: 'https://tickets.example/INC-7',
        },
      },
    });
    // How it ended is not what it was.
    expect(read(incident('resolved'))).toMatchObject({
      read: {
        incident: { resolvedAt: '2026-11-20T09:00:00.000Z', title: undefined },
      },
    });
    expect(read(incident('reported', { startedAt: 'yesterday' }))).toEqual({
      invalid: expect.stringMatching(/customData.startedAt must be a moment/),
    });
  });

  it.each<[unknown, object]>([
    [null, { invalid: expect.stringMatching(/JSON object/) }],
    [[], { invalid: expect.stringMatching(/JSON object/) }],
    [{}, { invalid: expect.stringMatching(/specversion must be 1.0/) }],
    [
      bound(deployed, { specversion: '0.3' }),
      { invalid: expect.stringMatching(/specversion must be 1.0/) },
    ],
    [
      bound(deployed, { id: '' }),
      { invalid: expect.stringMatching(/^id must be a text/) },
    ],
    [
      bound(deployed, { source: 'x'.repeat(1001) }),
      { invalid: expect.stringMatching(/^source must be a text/) },
    ],
    [
      bound(deployed, { data: '{"half' }),
      { invalid: expect.stringMatching(/data must be a JSON object/) },
    ],
    [
      bound(deployed, { type: 'com.github.push' }),
      { ignored: expect.stringMatching(/com.github.push is not read here/) },
    ],
    [
      bound(deployed, { type: 'dev.cdevents.service.exploded.0.1.0' }),
      { ignored: expect.stringMatching(/is not read here/) },
    ],
    [
      bound(deployed, { type: 'dev.cdevents.incident.deployed.0.1.0' }),
      { ignored: expect.stringMatching(/is not read here/) },
    ],
    [
      bound(deployed, { type: 'dev.cdevents.service.deployed.1.0.0' }),
      { ignored: expect.stringMatching(/version 1 of service events/) },
    ],
    [
      bound({}, { time: '2026-11-21T09:00:00Z' }),
      { invalid: expect.stringMatching(/in the future/) },
    ],
    [
      bound({}, { time: '2020-01-01T00:00:00Z' }),
      { invalid: expect.stringMatching(/400 days/) },
    ],
    [
      bound({}, { time: '2026-11-20 10:00' }),
      { invalid: expect.stringMatching(/with a zone/) },
    ],
    [
      bound({}, { subject: undefined }),
      { invalid: expect.stringMatching(/subject.id/) },
    ],
  ])('answers %j with a reason', (raw, expectedAnswer) => {
    expect(read(raw)).toEqual(expectedAnswer);
  });

  it('keeps no address a browser must not open', () => {
    expect(
      // eslint-disable-next-line no-script-url -- as somebody may send it
      read({ ...deployed, customData: { url: 'javascript:alert(1)' } }),
    ).toMatchObject({ read: { deployment: { url: undefined } } });
  });
});

describe('componentOfService', () => {
  const known = ['component:default/checkout', 'component:shop/cart'];
  const of = (
    about: { entityRef?: string; id?: string; source?: string },
    mappings = [
      {
        source: '/k8s/*',
        subject: 'deploy-*-v2',
        entityRef: 'component:shop/$1',
      },
    ],
  ) =>
    componentOfService({
      entityRef: about.entityRef,
      service:
        about.id === undefined
          ? undefined
          : { id: about.id, source: about.source ?? '/ci' },
      mappings,
      isKnown: ref => known.includes(ref),
      named: name =>
        name === 'twice'
          ? ['component:a/twice', 'component:b/twice']
          : known.filter(ref => ref.endsWith(`/${name}`)),
    });

  it.each([
    [{ entityRef: 'Component:Default/Checkout', id: 'x' }, known[0]],
    [{ id: 'service/Checkout' }, known[0]],
    [{ id: 'component:shop/cart' }, known[1]],
    [{ id: 'deploy-cart-v2', source: '/k8s/eu' }, known[1]],
  ])('%j is %s', (about, ref) => {
    expect(of(about)).toEqual({ ref });
  });

  it.each([
    [{}, /names no component/],
    [{ entityRef: 'component:default/gone' }, /not among the components/],
    [{ entityRef: '///' }, /not among the components/],
    [{ id: 'deploy-gone-v2', source: '/k8s/eu' }, /component:shop\/gone/],
    [{ id: 'deploy-cart-v2', source: '/ci' }, /no component is called/],
    [{ id: 'service/twice' }, /may be any of component:a\/twice/],
  ])('%j is nobody’s: %s', (about, message) => {
    expect(of(about)).toEqual({ message: expect.stringMatching(message) });
  });
});
