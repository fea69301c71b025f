import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useEffect, useRef, useState } from 'react';
import { useLoaded } from '../../screen/useLoaded';
import { useUrlQuery } from '../../screen/useUrlQuery';
import { asksForSomething, changesTo } from './viewAddress';

/**
 * The saved views, with the one the address names. An address that asks for
 * nothing begins with the reader's default view; one that only names a view
 * shows it.
 *
 * @internal
 */
export function useViews() {
  const api = useApi(ownershipApiRef);
  const { params, change } = useUrlQuery();
  const [version, setVersion] = useState(0);
  const views = useLoaded({
    key: `views ${version}`,
    load: () => api.listDriftViews(),
  });
  const items = views.value?.items ?? [];
  const id = params.get('view') ?? undefined;
  const settled = useRef(asksForSomething(params));
  const isKnown = Boolean(views.value || views.error);

  // What the page begins with, as long as it has not begun.
  const first =
    isKnown && !settled.current
      ? items.find(view => (id ? view.id === id : view.isDefault))
      : undefined;

  useEffect(() => {
    if (isKnown && !settled.current) {
      settled.current = true;
      if (first) {
        change(changesTo(first), { replace: true });
      }
    }
    // Once, when the views are there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isKnown]);

  return {
    items,
    mayShare: views.value?.mayShare ?? false,
    chosen: items.find(view => view.id === id),
    /** False while it is not known what the page begins with. */
    ready: settled.current || (isKnown && !first),
    error: views.error,
    reload: () => setVersion(count => count + 1),
  };
}

/** @internal */
export type Views = ReturnType<typeof useViews>;
