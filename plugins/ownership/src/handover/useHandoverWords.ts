import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { HandoverBrief } from '@service-ownership/backstage-plugin-ownership-common';
import { ownershipTranslationRef } from '../translation';

/**
 * How an open handover stands and who answers meanwhile, in two sentences;
 * empty for one that is over.
 *
 * @internal
 */
export function useHandoverWords(): (
  handover: Pick<HandoverBrief, 'state' | 'to' | 'from'>,
) => string {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return ({ state, to, from }) => {
    if (state !== 'proposed' && state !== 'accepted' && state !== 'ready') {
      return '';
    }
    const names = from.map(({ title }) => title).join(t('handover.notice.and'));
    return [
      t(`handover.notice.${state}`, { to: to.title }),
      names
        ? t('handover.notice.answers', { from: names })
        : t('handover.notice.nobody'),
      ...(to.resolves ? [] : [t('handover.notice.gone', { to: to.title })]),
    ].join(' ');
  };
}
