import { Button } from '@backstage/ui';
import { SafeLink } from '@service-ownership/backstage-plugin-ownership-react';
import type { SloHistory } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { useDates } from '../../screen/useDates';
import { useDuration } from '../../screen/useDuration';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';

const shown = 6;
const kinds = [
  'deployment',
  'rolledback',
  'failed',
  'removed',
  'incident',
  'alert',
  'excluded',
  'changed',
] as const;

/**
 * What is marked on the charts, in words and latest first, each with its link.
 *
 * @internal
 */
export function MarkerList(props: { markers: SloHistory['markers'] }) {
  const { t } = usePagesTranslation();
  const { moment } = useDates();
  const duration = useDuration();
  const [all, setAll] = useState(false);
  const markers = [...props.markers].reverse();
  if (markers.length === 0) {
    return null;
  }
  return (
    <>
      <ol
        className={screen.plainList}
        aria-label={t('pages.slo.detail.markers')}
      >
        {(all ? markers : markers.slice(0, shown)).map((marker, index) => {
          const kind = kinds.find(known => known === marker.kind);
          return (
            <li key={index}>
              <span className={screen.muted}>
                {moment(marker.at)}
                {' · '}
                {kind ? t(`pages.slo.detail.marker.${kind}`) : marker.kind}
                {' · '}
              </span>
              <SafeLink href={marker.url}>{marker.title}</SafeLink>
              <span className={screen.muted}>
                {marker.open && ` · ${t('pages.slo.detail.marker.open')}`}
                {marker.until &&
                  ` · ${t('pages.slo.detail.marker.lasted', {
                    time: duration(
                      (Date.parse(marker.until) - Date.parse(marker.at)) / 1000,
                    ),
                  })}`}
              </span>
            </li>
          );
        })}
      </ol>
      {markers.length > shown && (
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={all}
          onPress={() => setAll(!all)}
        >
          {all
            ? t('pages.slo.detail.marker.fewer')
            : t('pages.slo.detail.marker.all', { count: markers.length })}
        </Button>
      )}
    </>
  );
}
