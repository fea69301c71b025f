import type { Entity } from '@backstage/catalog-model';
import { buildDirectory } from './buildDirectory';
import { describeAlias } from './describeAlias';
import { readAliases } from './readAliases';

const principal = (kind: string, name: string, spec: object = {}) =>
  ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    spec,
  } as Entity);

const aliases = readAliases({
  aliases: {
    falcon: 'group:default/kestrel',
    'Group:Default/Eagle': 'falcon',
    'user:default/grace': 'user:default/ada',
    kestrel: 'group:default/other',
    lost: 'group:default/nowhere',
  },
});

describe('aliases of groups and users', () => {
  const directory = buildDirectory({
    entities: [
      principal('Group', 'kestrel'),
      principal('User', 'ada', { memberOf: ['kestrel'] }),
    ],
    aliases,
  });

  it.each([
    ['group:default/falcon', 'group:default/kestrel'],
    ['GROUP:default/Falcon', 'group:default/kestrel'],
    ['group:default/eagle', 'group:default/kestrel'],
    ['user:default/grace', 'user:default/ada'],
    // A group that is there speaks for itself.
    ['group:default/kestrel', 'group:default/kestrel'],
    ['group:default/lost', undefined],
    ['group:default/unheard-of', undefined],
  ])('finds %s under %s', (ref, found) => {
    expect(directory.get(ref)?.ref).toBe(found);
  });

  it('has the members, and no principal twice', () => {
    expect([...directory.members('group:default/falcon')]).toEqual([
      'user:default/ada',
    ]);
    expect(
      directory.isMember('user:default/grace', 'group:default/eagle'),
    ).toBe(true);
    expect([...directory.principals()]).toHaveLength(2);
  });

  it.each([
    ['falcon', { status: 'in-force', resolvesTo: 'group:default/kestrel' }],
    ['eagle', { status: 'in-force', resolvesTo: 'group:default/kestrel' }],
    ['kestrel', { status: 'unneeded' }],
    ['lost', { status: 'dangling' }],
    ['a', { status: 'cycle' }],
  ])('says of the alias %s what it does', (name, expected) => {
    expect(
      describeAlias({
        from: `group:default/${name}`,
        aliases: new Map([
          ...aliases,
          ['group:default/a', 'group:default/b'],
          ['group:default/b', 'group:default/a'],
        ]),
        exists: ref => directory.get(ref)?.ref === ref,
      }),
    ).toEqual(expected);
  });

  it.each<[unknown, RegExp]>([
    [['x'], /^.*ownership\.directory\.aliases must be an object/],
    [{ falcon: 3 }, /aliases\["falcon"\]: the new ref must be/],
    [{ 'component:x': 'kestrel' }, /aliases\["component:x"\]: the old ref/],
    [{ falcon: 'a', 'group:falcon': 'b' }, /falcon is there twice/],
    [{ 'falcon-*': 'kestrel' }, /aliases\["falcon-\*"\]: the old ref/],
    [{ a: 'b', b: 'c', c: 'a' }, /a → .*b → .*c → .*a leads back to itself/],
    // Not what only leads to it.
    [
      { x: 'a', a: 'b', b: 'a' },
      /aliases: group:default\/a → group:default\/b → group:default\/a leads/,
    ],
    [{ a: 'a' }, /leads back to itself/],
  ])('refuses %j', (written, message) => {
    expect(() => readAliases({ aliases: written })).toThrow(message);
  });
});
