import type {
  DriftView,
  FindingFilter,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { UrlChanges } from '../../screen/useUrlQuery';
import { filterNames, findingFilterOf, withoutFilters } from '../findingFilter';
import { groupByOf } from '../GroupPanel';

/** What a view keeps of an address. */
type Content = Pick<DriftView, 'filter' | 'orderBy' | 'groupBy'>;

/**
 * What of the address a view would keep.
 *
 * @internal
 */
export function contentOf(params: URLSearchParams): Content {
  const groupBy = params.get('groupBy');
  const orderBy = params.get('orderBy') ?? undefined;
  return {
    filter: findingFilterOf(params),
    orderBy: /^(severity|firstSeenAt|entityRef|ruleId)(,desc)?$/.test(
      orderBy ?? '',
    )
      ? orderBy
      : undefined,
    groupBy: groupBy ? groupByOf(groupBy) : undefined,
  };
}

/**
 * The change of the address that shows a view.
 *
 * @internal
 */
export function changesTo(view: DriftView): UrlChanges {
  return {
    ...withoutFilters(),
    ...(view.filter as UrlChanges),
    orderBy: view.orderBy,
    groupBy: view.groupBy,
    view: view.id,
  };
}

/**
 * Whether the address shows just what the view keeps.
 *
 * @internal
 */
export function showsView(params: URLSearchParams, view: DriftView): boolean {
  return written(contentOf(params)) === written(view);
}

/**
 * Whether the address asks for anything of its own.
 *
 * @internal
 */
export function asksForSomething(params: URLSearchParams): boolean {
  return [...filterNames, 'orderBy', 'groupBy', 'finding'].some(name =>
    params.has(name),
  );
}

function written({ filter, orderBy, groupBy }: Content): string {
  const parts = filterNames.map(name => {
    const value = filter[name as keyof FindingFilter];
    return Array.isArray(value) ? [...value].sort() : value ?? '';
  });
  return JSON.stringify([parts, orderBy ?? '', groupBy ?? '']);
}
