import type { Entity } from '@backstage/catalog-model';
import type { EffectiveContract } from '../contract/schema';
import { isRepositoryPath, runbookHref } from './runbookHref';
import type { Runbook } from './schema';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The runbooks of a component as shown, in the order they are declared. A
 * runbook reviewed more than `staleAfterDays` days ago is stale, one that was
 * never reviewed is `unknown`.
 *
 * @public
 */
export function toRunbooks(options: {
  effective: EffectiveContract;
  now: Date;
  /** In days, at least 1. */
  staleAfterDays: number;
  /** The component. */
  entity: Entity;
  /** The OwnershipContract entity, where the contract is one. */
  contractEntity?: Entity;
  /** Address of the portal, for TechDocs pages. */
  appBaseUrl?: string;
}): Runbook[] {
  const { effective, now, staleAfterDays, appBaseUrl } = options;
  return (effective.runbooks ?? []).map((runbook, index) => {
    const provenance =
      effective.provenance[`runbooks[${index}]`] ??
      effective.provenance.runbooks;
    const source = provenance?.source === 'catalog' ? 'catalog' : 'contract';
    const entity =
      source === 'contract'
        ? options.contractEntity ?? options.entity
        : options.entity;
    const reviewAgeDays = ageInDays(runbook.reviewedAt, now);
    return {
      id: runbook.id,
      title: runbook.title,
      url: runbook.url,
      href: runbookHref({ url: runbook.url, entity, appBaseUrl }),
      readable: isMarkdownInRepository(runbook.url),
      covers: runbook.covers ?? [],
      alerts: runbook.alerts ?? [],
      reviewedAt: runbook.reviewedAt,
      drilledAt: runbook.drilledAt,
      reviewAgeDays,
      state: stateOf(reviewAgeDays, staleAfterDays),
      source,
    };
  });
}

function isMarkdownInRepository(url: string): boolean {
  return isRepositoryPath(url) && /\.(?:md|markdown)(?:#.*)?$/i.test(url);
}

function ageInDays(date: string | undefined, now: Date): number | undefined {
  const time = date === undefined ? NaN : new Date(date).getTime();
  return Number.isNaN(time)
    ? undefined
    : Math.max(0, Math.floor((now.getTime() - time) / DAY));
}

function stateOf(
  reviewAgeDays: number | undefined,
  staleAfterDays: number,
): Runbook['state'] {
  if (reviewAgeDays === undefined) {
    return 'unknown';
  }
  return reviewAgeDays > staleAfterDays ? 'stale' : 'fresh';
}
