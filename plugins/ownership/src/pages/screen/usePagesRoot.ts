import { createContext, useContext } from 'react';

/**
 * Path under which the pages are mounted, without a slash at its end.
 *
 * @internal
 */
export const PagesRootContext = createContext('');

/** @internal */
export function usePagesRoot(): string {
  return useContext(PagesRootContext);
}
