import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { buildDirectory } from './buildDirectory';

function group(name: string, spec: object = {}, relations: object = {}) {
  return principal('Group', name, spec, relations);
}

function user(name: string, spec: object = {}, relations: object = {}) {
  return principal('User', name, spec, relations);
}

function principal(
  kind: string,
  name: string,
  spec: object,
  relations: object,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    spec: spec as Entity['spec'],
    relations: Object.entries(relations).flatMap(([type, targets]) =>
      (targets as string[]).map(targetRef => ({ type, targetRef })),
    ),
  };
}

describe('buildDirectory', () => {
  it('knows groups and users by any spelling of their ref, and nothing else', () => {
    const directory = buildDirectory({
      entities: [
        group('Payments', {
          type: 'team',
          profile: { displayName: 'Payments', email: 'pay@example.org' },
        }),
        principal('Component', 'checkout', {}, {}),
      ],
    });

    expect(directory.size).toBe(1);
    expect(directory.userCount).toBe(0);
    expect(directory.get('GROUP:payments')).toEqual({
      ref: 'group:default/payments',
      kind: 'group',
      title: 'Payments',
      email: 'pay@example.org',
      type: 'team',
      active: true,
      memberCount: 0,
      activeMemberCount: 0,
    });
    expect(directory.get('component:default/checkout')).toBeUndefined();
    expect(directory.get('payments')).toBeUndefined();
  });

  it.each([
    [
      'relations',
      [
        group('tribe', {}, { parentOf: ['group:default/team'] }),
        group('team', {}, { hasMember: ['user:default/ana'] }),
        user('ana'),
        user('bo', {}, { memberOf: ['Group:Default/TEAM'] }),
      ],
    ],
    [
      'the spec',
      [
        group('tribe', { children: ['team'] }),
        group('team', { members: ['ana', 'ghost'] }),
        user('ana', { memberOf: 'team' }),
        user('bo', { memberOf: ['team', 'gone', 7] }),
      ],
    ],
    [
      'the child',
      [
        group('team', { parent: 'Tribe' }),
        group('tribe'),
        user('ana', { memberOf: ['team'] }),
        user('bo', { memberOf: ['team', 'tribe'] }),
      ],
    ],
  ])('reads membership from %s', (_, entities) => {
    const directory = buildDirectory({ entities });

    expect([...directory.members('group:default/tribe')].sort()).toEqual([
      'user:default/ana',
      'user:default/bo',
    ]);
    expect(directory.get('group:default/tribe')?.memberCount).toBe(2);
    expect(directory.get('group:default/team')?.parent).toBe(
      'group:default/tribe',
    );
    expect(directory.ancestors('group:default/team')).toEqual([
      'group:default/tribe',
    ]);
    expect(directory.descendants('group:default/tribe')).toEqual([
      'group:default/team',
    ]);
    expect(directory.groupsOf('user:default/ana')).toEqual([
      'group:default/team',
    ]);
    expect(directory.isMember('user:default/ana', 'group:default/tribe')).toBe(
      true,
    );
    expect(directory.isMember('user:default/ghost', 'group:default/team')).toBe(
      false,
    );
  });

  it('tells active from inactive users', () => {
    const left = user('ana', { memberOf: ['team'] });
    left.metadata.annotations = { 'service-ownership.io/active': 'False' };
    const entities = [group('team'), left, user('bo', { memberOf: ['team'] })];

    const marked = buildDirectory({ entities });
    expect(marked.get('user:default/ana')?.active).toBe(false);
    expect(marked.get('group:default/team')).toMatchObject({
      memberCount: 2,
      activeMemberCount: 1,
    });

    const told = buildDirectory({ entities, isInactive: () => true });
    expect(told.get('group:default/team')?.activeMemberCount).toBe(0);
  });

  it('survives groups that contain themselves or each other', () => {
    const directory = buildDirectory({
      entities: [
        group('self', { parent: 'self', children: ['self'] }),
        group('a', { parent: 'b' }),
        group('b', { parent: 'c' }),
        group('c', { parent: 'a' }),
        user('ana', { memberOf: ['a', 'self'] }),
        user('bo', { memberOf: ['c'] }),
      ],
    });

    expect(directory.get('group:default/self')).toMatchObject({
      memberCount: 1,
      parent: undefined,
    });
    expect(directory.ancestors('group:default/a')).toEqual([
      'group:default/b',
      'group:default/c',
    ]);
    for (const name of ['a', 'b', 'c']) {
      expect(directory.get(`group:default/${name}`)?.memberCount).toBe(2);
    }
  });

  it('agrees with counting by hand on any organisation', () => {
    const size = 6;
    const pair = fc.tuple(fc.nat(size - 1), fc.nat(size - 1));
    fc.assert(
      fc.property(
        fc.array(pair, { maxLength: 20 }),
        fc.array(pair, { maxLength: 20 }),
        (nesting, membership) => {
          const numbers = Array.from({ length: size }, (_, index) => index);
          const directory = buildDirectory({
            entities: numbers.flatMap(index => [
              group(`g${index}`, {
                children: nesting
                  .filter(([parent]) => parent === index)
                  .map(([, child]) => `g${child}`),
              }),
              user(`u${index}`, {
                memberOf: membership
                  .filter(([member]) => member === index)
                  .map(([, of]) => `g${of}`),
              }),
            ]),
          });

          for (const top of numbers) {
            const below = new Set([top]);
            for (let round = 0; round < size; round++) {
              nesting
                .filter(([parent]) => below.has(parent))
                .forEach(([, child]) => below.add(child));
            }
            const expected = new Set(
              membership.filter(([, of]) => below.has(of)).map(([who]) => who),
            );
            const ref = `group:default/g${top}`;
            expect(directory.get(ref)?.memberCount).toBe(expected.size);
            expect(directory.members(ref).size).toBe(expected.size);
            expect(directory.descendants(ref)).toHaveLength(below.size - 1);
            for (const member of numbers) {
              expect(directory.isMember(`user:default/u${member}`, ref)).toBe(
                expected.has(member),
              );
            }
          }
        },
      ),
    );
  });

  it.each([
    ['a chain', (index: number) => (index ? [`g${index - 1}`] : [])],
    ['one cycle', (index: number) => [`g${(index + 299) % 300}`]],
  ])('counts 50,000 users below %s of 300 groups at once', (_, parents) => {
    const entities = [
      ...Array.from({ length: 300 }, (__, index) =>
        group(`g${index}`, { parent: parents(index)[0] }),
      ),
      ...Array.from({ length: 50_000 }, (__, index) =>
        user(`u${index}`, { memberOf: [`g${299 - (index % 3)}`] }),
      ),
    ];
    // Walking every group apart takes minutes, and the test times out.
    const directory = buildDirectory({ entities });

    expect(directory.get('group:default/g0')?.memberCount).toBe(50_000);
  });
});
