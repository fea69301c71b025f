import { assignSlo } from './assignSlo';
import { selectorOf } from './selectorOf';

const requests = { sloth_id: 'a-requests', sloth_slo: 'requests', zone: 'eu' };
const carts = { slo: 'carts', namespace: 'eu', team: 'a' };

describe('selectorOf', () => {
  it.each([
    ['what Sloth tells it apart by', requests, [], 'sloth_id=a-requests'],
    ['what Pyrra does', carts, [requests], 'slo=carts'],
    [
      'as many more as are needed',
      carts,
      [
        { slo: 'carts', namespace: 'us', team: 'a' },
        { slo: 'carts', namespace: 'eu', team: 'b' },
      ],
      'slo=carts,namespace=eu,team=a',
    ],
    ['any label', { what: 'x', who: 'y' }, [{ what: 'x' }], 'who=y'],
    [
      'nothing where another has them all',
      carts,
      [{ ...carts, x: '' }],
      undefined,
    ],
    [
      'no value it cannot write',
      { slo: 'a, b', x: ' y', z: '' },
      [],
      undefined,
    ],
    ['no value of a book', { slo: 'x'.repeat(600) }, [], undefined],
  ])('takes %s', (_, labels: {}, others: Array<{}>, selector) => {
    const all = [labels, ...others];
    expect(selectorOf({ labels, all })).toBe(selector);
    const component = {
      entityRef: 'component:default/x',
      kind: 'component',
      name: 'x',
      selector,
    };
    expect(
      all.filter(
        each => 'entityRef' in assignSlo({ labels: each }, [component]),
      ),
    ).toEqual(selector ? [labels] : []);
  });
});
