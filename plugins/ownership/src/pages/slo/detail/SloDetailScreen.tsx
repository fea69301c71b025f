import { OwnerName } from '../../screen/OwnerName';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Skeleton } from '@backstage/ui';
import {
  EntityName,
  ErrorState,
  SloAlertLabel,
  SloStateLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { SloDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { useParams } from 'react-router-dom';
import { ScreenLink } from '../../screen/ScreenLink';
import { useDates } from '../../screen/useDates';
import { useUrlQuery } from '../../screen/useUrlQuery';
import { usePagesTranslation } from '../../usePagesTranslation';
import { useSlo, useSloHistory } from '../useSlos';
import { ExclusionsPanel } from '../exclusion/ExclusionsPanel';
import { BurnDownPanel } from './BurnDownPanel';
import { BurnRatePanel } from './BurnRatePanel';
import { DefinitionPanel } from './DefinitionPanel';
import { MembersPanel } from './MembersPanel';
import { MathPanel } from './MathPanel';
import { NextStepsPanel } from './NextStepsPanel';
import { RequestsPanels } from './RequestsPanels';
import { SloStats } from './SloStats';
import { rangeOf, rangeQueries, rangesOf } from './range';
import screen from '../../screen/Screen.module.css';
import styles from '../Slo.module.css';

/**
 * One SLO: where it stands, where it is going, and how that was worked out.
 *
 * @internal
 */
export function SloDetailScreen() {
  const { t } = usePagesTranslation();
  const { kind = '', namespace = '', name = '', slo = '' } = useParams();
  const entityRef = stringifyEntityRef({ kind, namespace, name });
  const detail = useSlo({ entityRef, slo });
  return (
    <div className={screen.screen}>
      <ScreenLink to="slos">{t('pages.slo.detail.back')}</ScreenLink>
      {detail.error && (
        <ErrorState
          title={t('pages.slo.detail.errorTitle')}
          error={detail.error}
          retry={detail.retry}
        />
      )}
      {!detail.value && !detail.error && <DetailSkeleton />}
      {detail.value && (
        <DetailBody detail={detail.value} onChange={detail.retry} />
      )}
    </div>
  );
}

function DetailBody(props: { detail: SloDetail; onChange(): void }) {
  const { t } = usePagesTranslation();
  const { moment } = useDates();
  const { params, change } = useUrlQuery();
  const { detail } = props;
  const { status } = detail;
  const range = rangeOf(params.get('range'), status);
  const queries = rangeQueries(range, status);
  const slo = { entityRef: status.entityRef, slo: status.slo };
  const shown = useSloHistory({ ...slo, ...queries.shown });
  const before = useSloHistory({ ...slo, ...queries.before });

  return (
    <>
      <header className={styles.head}>
        <div>
          <h2 className={styles.title}>{status.title}</h2>
          <div className={styles.titleNote}>
            <SloStateLabel state={status.state} />
            <SloAlertLabel slo={status} />
            <EntityName
              entityRef={status.entityRef}
              title={status.entityTitle}
            />
            <span className={screen.muted}>
              {t('pages.slo.detail.ownedBy')}{' '}
              <OwnerName refs={status.ownerRefs} />
            </span>
            {status.discovered && (
              <span
                className={screen.muted}
                title={t('pages.slo.detail.discoveredNote')}
              >
                {t('pages.slo.detail.discovered')}
              </span>
            )}
          </div>
          {status.reason && <p className={styles.reason}>{status.reason}</p>}
          {status.excludedUntil && (
            <p className={styles.reason}>
              {t('pages.slo.exclusion.now', {
                until: moment(status.excludedUntil),
              })}
            </p>
          )}
          {status.description && (
            <p className={`${styles.reason} ${screen.muted}`}>
              {status.description}
            </p>
          )}
        </div>
        <div
          className={styles.ranges}
          role="group"
          aria-label={t('pages.slo.detail.range')}
        >
          {rangesOf(status).map(id => (
            <button
              key={id}
              type="button"
              className={styles.range}
              aria-pressed={id === range}
              onClick={() =>
                change({ range: id === 'window' ? undefined : id })
              }
            >
              {t(`pages.slo.detail.ranges.${id}`)}
            </button>
          ))}
        </div>
      </header>
      <SloStats status={status} composite={Boolean(detail.members)} />
      <div className={screen.columns}>
        <BurnDownPanel
          status={status}
          queries={queries}
          shown={shown}
          before={queries.before && before}
        />
        <NextStepsPanel detail={detail} />
      </div>
      <BurnRatePanel status={status} />
      {!detail.members && (
        <RequestsPanels
          status={status}
          history={shown}
          from={queries.from}
          to={queries.to}
        />
      )}
      {detail.members && <MembersPanel detail={detail} />}
      <ExclusionsPanel
        status={status}
        onChange={() => {
          props.onChange();
          shown.retry();
          before.retry();
        }}
      />
      <div className={screen.evenColumns}>
        <MathPanel detail={detail} />
        <DefinitionPanel detail={detail} />
      </div>
    </>
  );
}

function DetailSkeleton() {
  return (
    <div className={screen.screen} style={{ padding: 0 }} aria-hidden="true">
      <Skeleton width="40%" height={32} />
      <div className={styles.stats}>
        {[0, 1, 2].map(index => (
          <Skeleton key={index} width="100%" height={112} />
        ))}
      </div>
      <Skeleton width="100%" height={300} />
      <Skeleton width="100%" height={200} />
    </div>
  );
}
