import type { Handover } from '@service-ownership/backstage-plugin-ownership-common';
import type { PagesText } from '../usePagesTranslation';

/**
 * What is handed over, in a few words: the first component and how many more.
 *
 * @internal
 */
export function handoverName(
  { components, hidden }: Pick<Handover, 'components' | 'hidden'>,
  t: PagesText,
): string {
  const [first, ...others] = components;
  if (!first) {
    return t('pages.handover.hiddenAll');
  }
  const name = first.title ?? first.entityRef.replace(/^.*[:/]/, '');
  const rest = others.length + hidden;
  return rest > 0
    ? `${name} ${t('pages.handover.more', { count: rest })}`
    : name;
}
