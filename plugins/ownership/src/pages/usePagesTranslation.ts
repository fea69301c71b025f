import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ownershipTranslationRef } from '../translation';
import type { pagesMessages } from './messages';

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** Keys of the texts, dotted, plural forms under one key. */
type KeysOf<T> = {
  [K in keyof T & string]: T[K] extends string
    ? K extends `${infer Stem}_${Plural}`
      ? Stem
      : K
    : `${K}.${KeysOf<T[K]>}`;
}[keyof T & string];

/** @internal */
export type PagesKey = `pages.${KeysOf<typeof pagesMessages>}`;

/**
 * A text of the pages with its values put in; `count` chooses the plural form.
 *
 * @internal
 */
export type PagesText = (
  key: PagesKey,
  values?: Record<string, string | number>,
) => string;

/**
 * The texts of the pages in the reader's language.
 *
 * @internal
 */
export function usePagesTranslation(): { t: PagesText } {
  const { t } = useTranslationRef(ownershipTranslationRef);
  // The ref's own function wants every value as text; here numbers may be put
  // in as they are.
  return { t: t as unknown as PagesText };
}
