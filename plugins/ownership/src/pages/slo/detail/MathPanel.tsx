import { CopyBlock } from '@service-ownership/backstage-plugin-ownership-react';
import {
  errorBudget,
  maxBurnRate,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SloDetail,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import { formatDuration } from '../../screen/formatDuration';
import { useShare } from '../../screen/useShare';
import { Panel } from '../../screen/Panel';
import { usePagesTranslation } from '../../usePagesTranslation';
import type { PagesText } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from '../Slo.module.css';

/**
 * Every figure with the numbers and the queries it comes from.
 *
 * @internal
 */
export function MathPanel(props: { detail: SloDetail }) {
  const { t } = usePagesTranslation();
  const share = useShare();
  const { indicator } = props.detail;
  const queries = [
    { name: t('pages.slo.detail.queryGood'), text: indicator?.good },
    { name: t('pages.slo.detail.queryBad'), text: indicator?.bad },
    { name: t('pages.slo.detail.queryTotal'), text: indicator?.total },
  ].filter((query): query is { name: string; text: string } =>
    Boolean(query.text),
  );
  const source = [indicator?.dataSource, indicator?.type]
    .filter(Boolean)
    .join(' · ');
  return (
    <Panel
      title={t('pages.slo.detail.math')}
      note={t('pages.slo.detail.mathNote')}
    >
      <details className={styles.details}>
        <summary>{t('pages.slo.detail.mathShow')}</summary>
        <table className={styles.math}>
          <tbody>
            {mathOf({ status: props.detail.status, t, share }).map(
              ({ name, value }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
        <h3 className={styles.subtitle}>{t('pages.slo.detail.queries')}</h3>
        {queries.length === 0 && (
          <p className={screen.muted}>{t('pages.slo.detail.pushed')}</p>
        )}
        {queries.map(query => (
          <CopyBlock key={query.name} label={query.name} text={query.text} />
        ))}
        {source && (
          <p className={screen.small}>
            {t('pages.slo.detail.dataSource')}: {source}
          </p>
        )}
      </details>
    </Panel>
  );
}

const consumedKeys = {
  Occurrences: 'pages.slo.detail.mathConsumed',
  Timeslices: 'pages.slo.detail.mathConsumedSlices',
  RatioTimeslices: 'pages.slo.detail.mathConsumedMean',
} as const;

function mathOf(options: {
  status: SloStatus;
  t: PagesText;
  share(ratio: number): string;
}): Array<{ name: string; value: string }> {
  const { status, t, share } = options;
  const allowed = errorBudget(status.objective);
  const { good, total, sli, budget } = status;
  const rows = [
    {
      name: t('pages.slo.detail.mathBudget'),
      value: `1 − ${figure(status.objective)} = ${figure(allowed)}`,
    },
    {
      name: t('pages.slo.detail.mathMost'),
      value: `1 ÷ ${figure(allowed)} = ${figure(
        maxBurnRate(status.objective),
      )}×`,
    },
  ];
  if (status.excludedSeconds) {
    rows.push({
      name: t('pages.slo.exclusion.mathExcluded'),
      value: formatDuration({ seconds: status.excludedSeconds }),
    });
  }
  if (good !== undefined && total !== undefined && sli !== undefined) {
    rows.push({
      name: t('pages.slo.detail.mathSli'),
      value:
        status.budgetingMethod === 'Occurrences'
          ? `${figure(good)} ÷ ${figure(total)} = ${share(sli)}`
          : share(sli),
    });
  }
  if (budget) {
    const inNumbers =
      status.budgetingMethod === 'Occurrences' &&
      good !== undefined &&
      total !== undefined;
    rows.push(
      {
        name: t(consumedKeys[status.budgetingMethod]),
        value: inNumbers
          ? `${figure(total - good)} ÷ (${figure(allowed)} × ${figure(
              total,
            )}) = ${share(budget.consumed)}`
          : share(budget.consumed),
      },
      {
        name: t('pages.slo.detail.mathRemaining'),
        value: `1 − ${figure(budget.consumed)} = ${share(budget.remaining)}`,
      },
    );
  }
  status.burnRates.forEach(rate => {
    if (rate.burnRate !== undefined && rate.errorRate !== undefined) {
      rows.push({
        name: t('pages.slo.detail.mathBurn', {
          window: formatDuration({ seconds: rate.windowSeconds }),
        }),
        value: `${figure(rate.errorRate)} ÷ ${figure(allowed)} = ${figure(
          rate.burnRate,
        )}×`,
      });
    }
  });
  return rows;
}

function figure(value: number): string {
  return value.toLocaleString(undefined, {
    maximumSignificantDigits: Math.abs(value) >= 1000 ? 15 : 5,
    maximumFractionDigits: 6,
  });
}
