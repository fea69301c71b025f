import { massLoss } from './massLoss';

const owners = (count: number) =>
  Array.from({ length: count }, (_, index) => `group:default/g${index}`);

it.each([
  ['nobody owns anything', 0, 0, undefined],
  ['nobody is missing', 100, 0, undefined],
  ['a small part is missing', 100, 10, undefined],
  [
    'more than a tenth is missing',
    100,
    11,
    /^11 of 100 owners \(11 %\) are gone from the catalog at once: group:default\/g0, group:default\/g1, group:default\/g10 and 8 more$/,
  ],
  ['all of a few are missing', 4, 4, undefined],
  ['all of five are missing', 5, 5, /^5 of 5 owners \(100 %\)/],
])('%s', (_, previous, missing, reason) => {
  const said = massLoss({
    previousOwners: owners(previous),
    nowMissing: owners(missing),
  });
  expect(said ?? '').toMatch(reason ?? /^$/);
});

it('follows the configuration, and does not count who was missing before', () => {
  const limits = { share: 0.5, atLeast: 1 };
  const missing = [...owners(2), ...owners(2), 'group:default/other'];
  expect(
    massLoss({ previousOwners: owners(4), nowMissing: missing, ...limits }),
  ).toBeUndefined();
  expect(
    massLoss({ previousOwners: owners(3), nowMissing: missing, ...limits }),
  ).toMatch(/^2 of 3 owners/);
});

it('counts owners that have nobody left, and each once', () => {
  const said = (nowMissing: string[], nowEmpty: string[]) =>
    massLoss({ previousOwners: owners(20), nowMissing, nowEmpty });
  expect(said([], owners(5))).toMatch(
    /^5 of 20 owners \(25 %\) have lost all their active members at once: group:default\/g0, /,
  );
  expect(said(owners(3), owners(5))).toMatch(
    /^5 of 20 owners \(25 %\) are gone from the catalog or have lost all their active members at once: /,
  );
  expect(said(owners(4), owners(4))).toBeUndefined();
});
