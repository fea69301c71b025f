import { CopyBlock } from '@service-ownership/backstage-plugin-ownership-react';
import type { SloDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { useDuration } from '../../screen/useDuration';
import { useShare } from '../../screen/useShare';
import { Panel } from '../../screen/Panel';
import { useCount } from '../../screen/useCount';
import { usePagesTranslation } from '../../usePagesTranslation';
import { mathRows } from './mathRows';
import screen from '../../screen/Screen.module.css';
import styles from '../Slo.module.css';

const signs = { lte: '≤', lt: '<', gte: '≥', gt: '>' };

/**
 * Every figure with the numbers and the queries it comes from.
 *
 * @internal
 */
export function MathPanel(props: { detail: SloDetail }) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const share = useShare();
  const duration = useDuration();
  const { indicator } = props.detail;
  const raw = indicator?.raw;
  const threshold = indicator?.threshold;
  const queries = [
    { name: t('pages.slo.detail.queryGood'), text: indicator?.good },
    { name: t('pages.slo.detail.queryBad'), text: indicator?.bad },
    { name: t('pages.slo.detail.queryTotal'), text: indicator?.total },
    {
      name: t(`pages.slo.detail.queryRaw.${raw?.type ?? 'success'}`),
      text: raw?.query,
    },
    {
      name:
        threshold?.op && threshold.value !== undefined
          ? t('pages.slo.detail.queryThreshold', {
              op: signs[threshold.op],
              value: number(threshold.value),
            })
          : t('pages.slo.detail.queryValue'),
      text: threshold?.query,
    },
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
            {mathRows({ ...props.detail, t, share, duration }).map(
              ({ name, value }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
        {!props.detail.members && (
          <h3 className={styles.subtitle}>{t('pages.slo.detail.queries')}</h3>
        )}
        {queries.length === 0 && !props.detail.members && (
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
