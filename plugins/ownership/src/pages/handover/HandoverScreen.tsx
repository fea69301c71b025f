import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Skeleton } from '@backstage/ui';
import {
  EntityName,
  ErrorState,
  ownershipApiRef,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useParams } from 'react-router-dom';
import { HandoverBody } from '../../handover/HandoverBody';
import { ownershipTranslationRef } from '../../translation';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { useLoaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import { handoverName } from './handoverName';
import screen from '../screen/Screen.module.css';

/**
 * One handover: what it is about, and what is left to do.
 *
 * @internal
 */
export function HandoverScreen() {
  const { t } = usePagesTranslation();
  const { t: word } = useTranslationRef(ownershipTranslationRef);
  const { id = '' } = useParams();
  const api = useApi(ownershipApiRef);
  const { value, error, retry } = useLoaded({
    key: id,
    load: () => api.getHandover(id),
  });
  return (
    <div className={screen.screen}>
      <ScreenLink to="handovers">{t('pages.handover.back')}</ScreenLink>
      {error && (
        <ErrorState
          title={word('handover.body.errorTitle')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && (
        <>
          <Skeleton width="60%" height={32} />
          <Skeleton width="100%" height={300} />
        </>
      )}
      {value && (
        <>
          <Panel
            title={word('handover.body.title', { to: value.to.title })}
            note={handoverName(value, t)}
          >
            <HandoverBody key={value.id} handover={value} onChange={() => {}} />
          </Panel>
          <Panel title={word('handover.body.components')}>
            <ul className={screen.plainList}>
              {value.components.map(({ entityRef, title, leftAt }) => (
                <li key={entityRef}>
                  <EntityName entityRef={entityRef} title={title} />
                  {leftAt && (
                    <span className={screen.small}>
                      {' '}
                      {word('handover.body.left')}
                    </span>
                  )}
                </li>
              ))}
            </ul>
            {value.hidden > 0 && (
              <p className={screen.muted}>
                {word('handover.body.hidden', { count: value.hidden })}
              </p>
            )}
          </Panel>
        </>
      )}
    </div>
  );
}
