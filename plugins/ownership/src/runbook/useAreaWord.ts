import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { runbookAreas } from '@service-ownership/backstage-plugin-ownership-common';
import { ownershipTranslationRef } from '../translation';

/**
 * The word for an area of runbooks; areas of the team's own are shown as
 * written.
 *
 * @internal
 */
export function useAreaWord(): (area: string) => string {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return area => {
    const known = runbookAreas.find(one => one === area.trim().toLowerCase());
    return known ? t(`runbook.area.${known}`) : area;
  };
}
