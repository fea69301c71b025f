import { InputError } from '@backstage/errors';

/**
 * Reads `orderBy`: a field, with `,desc` behind it to turn it round.
 *
 * @throws InputError that names the fields there are
 */
export function parseOrder<TField extends string>(
  orderBy: string | undefined,
  fields: readonly [TField, ...TField[]],
): { field: TField; turned: boolean } {
  const [name, direction, ...rest] = (orderBy ?? fields[0]).split(',');
  const field = fields.find(f => f === name);
  if (
    !field ||
    rest.length ||
    (direction !== undefined && direction !== 'asc' && direction !== 'desc')
  ) {
    throw new InputError(
      `orderBy: expected one of ${fields.join(
        ', ',
      )}, with ",desc" behind it to turn it round`,
    );
  }
  return { field, turned: direction === 'desc' };
}
