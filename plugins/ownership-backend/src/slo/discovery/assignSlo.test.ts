import { assignSlo } from './assignSlo';

const components = [
  { entityRef: 'component:default/checkout', kind: 'component' },
  { entityRef: 'system:default/checkout', kind: 'system' },
  { entityRef: 'component:eu/carts', kind: 'component' },
  { entityRef: 'component:us/carts', kind: 'component' },
  { entityRef: 'resource:default/orders', kind: 'resource' },
  {
    entityRef: 'component:default/ledger',
    kind: 'component',
    selector: 'slo=ledger writes, team=a',
  },
  {
    entityRef: 'component:default/one',
    kind: 'component',
    selector: 'slo=shared',
  },
  {
    entityRef: 'component:default/two',
    kind: 'component',
    selector: 'slo=shared',
  },
  { entityRef: 'component:default/odd', kind: 'component', selector: '=,' },
].map(component => ({
  ...component,
  name: component.entityRef.split('/')[1],
}));

describe('assignSlo', () => {
  it.each([
    [
      'by name, of kind Component',
      {},
      'Checkout',
      'component:default/checkout',
    ],
    ['by name', {}, 'orders', 'resource:default/orders'],
    ['by ref', {}, 'Component:EU/carts', 'component:eu/carts'],
    [
      'by the annotation, before the name',
      { slo: 'ledger writes', team: 'a' },
      'checkout',
      'component:default/ledger',
    ],
  ])('finds it %s', (_, labels, component, entityRef) => {
    expect(
      assignSlo(
        { labels: labels as Record<string, string>, component },
        components,
      ),
    ).toEqual({ entityRef });
  });

  it.each([
    [
      true,
      {},
      undefined,
      /none of its labels names a component; select it with/,
    ],
    [true, { slo: 'ledger writes' }, undefined, /none of its labels/],
    [true, {}, 'unknown', /^no component is called unknown$/],
    [true, {}, 'system:default/unknown', /^no component is called system:/],
    [
      true,
      {},
      'carts',
      /^component:eu\/carts and component:us\/carts are called carts; select/,
    ],
    [
      false,
      { slo: 'shared' },
      'checkout',
      /^component:default\/one and component:default\/two select it/,
    ],
  ])(
    'does not guess (claimable %s) for %j and %s',
    (claimable, labels, component, reason) => {
      expect(
        assignSlo(
          { labels: labels as Record<string, string>, component },
          components,
        ),
      ).toEqual({ reason: expect.stringMatching(reason), claimable });
    },
  );
});
