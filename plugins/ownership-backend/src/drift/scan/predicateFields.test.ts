import { predicateFields } from './predicateFields';

it('names what has to be read for a predicate, beside what always is', () => {
  expect(
    predicateFields({
      $all: [
        { kind: 'Component', 'metadata.annotations.spec.x': 'y' },
        { $not: { 'spec.pager.key': { $exists: true } } },
        { $any: [{ status: { $exists: true } }, { specific: 'x' }] },
        // The fields of an item are not those of the entity.
        { relations: { $contains: { 'spec.of.item': 'x' } } },
      ],
    }),
  ).toEqual(['spec.pager.key', 'status']);
});
