import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * New values by parameter name; `undefined` and empty lists remove the
 * parameter.
 *
 * @internal
 */
export type UrlChanges = Record<
  string,
  string | number | readonly string[] | undefined
>;

/**
 * The state of a screen as it stands in the address, so that a link shows
 * exactly what its sender saw.
 *
 * A change of anything but the page goes back to the first page: a cursor
 * belongs to the filters and the order it was made for.
 *
 * @internal
 */
export function useUrlQuery() {
  const [params, setParams] = useSearchParams();

  const change = useCallback(
    (changes: UrlChanges, options?: { replace?: boolean }) => {
      setParams(
        previous => {
          const next = new URLSearchParams(previous);
          if (!('cursor' in changes)) {
            next.delete('cursor');
            next.delete('page');
          }
          applyChanges(next, changes);
          return next;
        },
        { replace: options?.replace ?? false },
      );
    },
    [setParams],
  );

  /** Changes what is open beside the list, without leaving the page of the list. */
  const open = useCallback(
    (changes: UrlChanges) => {
      setParams(previous => {
        const next = new URLSearchParams(previous);
        applyChanges(next, changes);
        return next;
      });
    },
    [setParams],
  );

  return { params, change, open };
}

function applyChanges(params: URLSearchParams, changes: UrlChanges) {
  Object.entries(changes).forEach(([name, value]) => {
    params.delete(name);
    const values = Array.isArray(value) ? value : [value];
    values
      .filter(item => item !== undefined && item !== '')
      .forEach(item => params.append(name, String(item)));
  });
}
