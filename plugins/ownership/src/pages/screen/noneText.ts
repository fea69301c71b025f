import type { PagesText } from '../usePagesTranslation';

/** What the API takes and gives for "there is none". @internal */
export const noneKey = 'none';

/**
 * Words for what is not there, for the properties of which there may be none;
 * `undefined` for any other property or value.
 *
 * @internal
 */
export function noneText(options: {
  t: PagesText;
  name: string;
  value: string;
}): string | undefined {
  const { t, name, value } = options;
  if (value !== noneKey) {
    return undefined;
  }
  switch (name) {
    case 'ownerRef':
      return t('pages.none.ownerRef');
    case 'team':
      return t('pages.none.team');
    case 'tier':
      return t('pages.none.tier');
    default:
      return undefined;
  }
}
