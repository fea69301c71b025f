import { ScreenLink } from '../../screen/ScreenLink';
import { usePagesTranslation } from '../../usePagesTranslation';
import { unclaimed } from './unclaimed';
import { useDiscovery } from './useDiscovery';

/**
 * The way to what was found recorded, with how much of it no component has.
 * Nothing for those who may not see it.
 *
 * @internal
 */
export function DiscoveryLink() {
  const { t } = usePagesTranslation();
  const { value, error } = useDiscovery();
  if (error ? error.name === 'NotAllowedError' : !value) {
    return null;
  }
  const count = value
    ? unclaimed(value).slos.filter(({ entityRef }) => entityRef === undefined)
        .length
    : 0;
  return (
    <>
      {' · '}
      <ScreenLink to="slos/discovery">
        {count > 0
          ? t('pages.slo.discovery.linkCount', { count })
          : t('pages.slo.discovery.link')}
      </ScreenLink>
    </>
  );
}
