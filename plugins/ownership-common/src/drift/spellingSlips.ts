import { editDistance } from '../contract/closestWord';

const FILLER =
  /^(?:team|squad|tribe|group|guild|crew|chapter)s?(?=.)|(?<=.)(?:team|squad|tribe|group|guild|crew|chapter)s?$/g;

/**
 * The letters and digits of a name and nothing else, without the words that say
 * that something is a group: `checkout` of `Checkout_Squad` and `CheckoutSquad`.
 *
 * @internal
 */
export function bareName(name: string): string {
  return name
    .slice(0, 100)
    .toLocaleLowerCase('en-US')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(FILLER, '');
}

/**
 * How many slips of the pen lie between two bare names: at most one in five
 * letters and two in eight, or they are two names. Numbers are not misspelt:
 * `stream12` is not `stream13`.
 *
 * @returns 0 where they are the same; `undefined` where they are two names.
 *
 * @internal
 */
export function spellingSlips(a: string, b: string): number | undefined {
  if (a === b) {
    return a === '' ? undefined : 0;
  }
  const most = [0, 5, 8].findLastIndex(
    length => Math.min(a.length, b.length) >= length,
  );
  if (
    most === 0 ||
    Math.abs(a.length - b.length) > most ||
    a.replace(/\P{N}/gu, '') !== b.replace(/\P{N}/gu, '')
  ) {
    return undefined;
  }
  const slips = editDistance(a, b);
  return slips <= most ? slips : undefined;
}
