import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  EntityMeasure,
  EntityMeasures,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  CardSkeleton,
  ErrorState,
  formatShare,
  ownershipApiRef,
  RelativeTime,
  SafeLink,
  toneClass,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { ChapterProps } from '../contract/chapters';
import { Part, Section } from '../contract/Section';
import card from '../entity/Card.module.css';
import { DataTable } from '../pages/screen/DataTable';
import { useDuration } from '../pages/screen/useDuration';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import { formatMeasure } from './formatMeasure';
import styles from './Measure.module.css';

const shown = 5;

/**
 * How the component does by numbers: each with its target, where it comes from
 * and what misleads about it; what is not known is named.
 *
 * @internal
 */
export function MeasuresChapter(props: ChapterProps) {
  const { entityRef } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const { value, error, retry } = useLoaded({
    key: entityRef,
    load: () => api.getEntityMeasures(entityRef),
  });
  return (
    <Section id={props.id} title={t('contract.section.measures')}>
      {error && (
        <ErrorState
          title={t('measure.errorTitle')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && <CardSkeleton parts={[{ height: 140 }]} />}
      {value && <Measures measures={value} />}
    </Section>
  );
}

function Measures(props: { measures: EntityMeasures }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const { items, incidents, deployments } = props.measures;
  const known = items.filter(({ value }) => value !== undefined);
  const unknown = items.filter(({ value }) => value === undefined);
  return (
    <>
      {known.length > 0 ? (
        <MeasureTable items={known} />
      ) : (
        <p className={`${card.text} ${card.muted}`}>{t('measure.none')}</p>
      )}
      {incidents.length > 0 && (
        <Part title={t('measure.incidents')}>
          <Incidents incidents={incidents.slice(0, shown)} />
        </Part>
      )}
      {deployments.length > 0 && (
        <Part title={t('measure.deployments')}>
          <Deployments deployments={deployments.slice(0, shown)} />
        </Part>
      )}
      {unknown.length > 0 && (
        <details className={styles.unknown}>
          <summary>
            {t('measure.unknown', { number: String(unknown.length) })}
          </summary>
          <ul className={styles.list}>
            {unknown.map(({ id, title, code, reason }) => (
              <li key={id}>
                <span className={card.strong}>{title}</span>{' '}
                <span className={card.muted}>
                  {code ? `${code} · ` : ''}
                  {reason}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function MeasureTable(props: { items: EntityMeasure[] }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const text = (measure: EntityMeasure, value: number) =>
    formatMeasure({ ...measure, value, language });
  return (
    <DataTable
      caption={t('measure.caption')}
      rows={props.items}
      rowKey={({ id, currency, source }) => `${id} ${currency} ${source}`}
      rowName={({ title }) => title}
      columns={[
        {
          id: 'measure',
          header: t('measure.measure'),
          cell: ({ title, code, gotcha }) => (
            <>
              <span className={card.strong}>{title}</span>{' '}
              <span className={card.muted}>{code}</span>
              <div className={card.small}>{gotcha}</div>
            </>
          ),
        },
        {
          id: 'value',
          header: t('measure.value'),
          align: 'end',
          cell: measure => (
            <>
              <span className={card.number}>
                {text(measure, measure.value!)}
              </span>
              <Verdict measure={measure} />
            </>
          ),
        },
        {
          id: 'target',
          header: t('measure.target'),
          align: 'end',
          cell: measure =>
            measure.target === undefined ? (
              <span className={card.muted}>{t('measure.noTarget')}</span>
            ) : (
              t(`measure.better.${measure.direction}`, {
                target: text(measure, measure.target),
              })
            ),
        },
        {
          id: 'basis',
          header: t('measure.basis'),
          cell: measure => <Basis measure={measure} />,
        },
      ]}
    />
  );
}

function Verdict(props: { measure: EntityMeasure }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const { value, target, direction } = props.measure;
  if (target === undefined) {
    return null;
  }
  const reached = direction === 'higher' ? value! >= target : value! <= target;
  return (
    <div>
      <span
        className={`${styles.verdict} ${toneClass(
          reached ? 'good' : 'warning',
        )}`}
      >
        {t(reached ? 'measure.reached' : 'measure.missed')}
      </span>
    </div>
  );
}

function Basis(props: { measure: EntityMeasure }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const { source, period, counted, of, open, coverage, origin } = props.measure;
  const day = (moment: string) =>
    new Intl.DateTimeFormat(language, {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    }).format(new Date(moment));
  const parts = [
    source,
    counted !== undefined &&
      t('measure.counted', { counted: String(counted), of: String(of) }),
    open && t('measure.open', { count: open }),
    period &&
      // A period ends where the next begins.
      `${day(period.start)} – ${day(
        new Date(Date.parse(period.end) - 1).toISOString(),
      )}`,
    coverage !== undefined &&
      coverage < 0.995 &&
      origin !== 'events' &&
      t('measure.coverage', {
        share: formatShare({ ratio: coverage, language }),
      }),
  ].filter(Boolean);
  return <span className={card.small}>{parts.join(' · ')}</span>;
}

function Incidents(props: { incidents: EntityMeasures['incidents'] }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const duration = useDuration();
  return (
    <ul className={styles.list}>
      {props.incidents.map((incident, index) => {
        const begun =
          incident.startedAt ?? incident.detectedAt ?? incident.reportedAt;
        const { resolvedAt } = incident;
        return (
          <li key={index}>
            <SafeLink href={incident.url}>
              {incident.title ?? t('measure.incident')}
            </SafeLink>{' '}
            <span className={card.muted}>
              <RelativeTime value={begun ?? resolvedAt ?? ''} />
              {' · '}
              {resolvedAt && begun
                ? t('measure.took', {
                    time: duration(
                      (Date.parse(resolvedAt) - Date.parse(begun)) / 1000,
                    ),
                  })
                : !resolvedAt && t('measure.stillOpen')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Deployments(props: { deployments: EntityMeasures['deployments'] }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <ul className={styles.list}>
      {props.deployments.map((deployment, index) => (
        <li key={index}>
          <SafeLink href={deployment.url}>
            {t(`measure.kind.${deployment.kind}`)} {deployment.version}
          </SafeLink>{' '}
          <span className={card.muted}>
            <RelativeTime value={deployment.at} />
            {deployment.environment && ` · ${deployment.environment}`}
            {deployment.failure &&
              ` · ${t(`measure.failure.${deployment.failure}`)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
