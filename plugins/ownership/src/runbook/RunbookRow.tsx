import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Runbook } from '@service-ownership/backstage-plugin-ownership-common';
import {
  RelativeTime,
  safeHref,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Runbook.module.css';
import { RunbookTitle } from './RunbookTitle';
import { useAreaWord } from './useAreaWord';

/**
 * One runbook: a click opens it, here where it can be read here. Below, what
 * it covers and how old it is.
 *
 * @internal
 */
export function RunbookRow(props: { entityRef: string; runbook: Runbook }) {
  const { entityRef, runbook } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const areaWord = useAreaWord();
  const openable = runbook.readable || safeHref(runbook.href);
  return (
    <div className={styles.runbook}>
      <div className={`${card.row} ${card.spread}`}>
        <RunbookTitle entityRef={entityRef} runbook={runbook} />
        <Age runbook={runbook} />
      </div>
      {!openable && (
        <span className={card.small}>
          {t('runbook.card.notOpenable', { url: runbook.url })}
        </span>
      )}
      <div className={card.row}>
        {runbook.covers.length > 0 && (
          <span className={styles.areas}>
            {runbook.covers.map(area => (
              <span key={area} className={styles.area}>
                {areaWord(area)}
              </span>
            ))}
          </span>
        )}
        <span className={card.small}>
          {runbook.alerts.length > 0 && (
            <span
              title={t('runbook.card.alertsTitle', {
                alerts: runbook.alerts.join(', '),
              })}
            >
              {t('runbook.card.alerts', { count: runbook.alerts.length })}
            </span>
          )}
          {runbook.alerts.length > 0 && runbook.drilledAt && ' · '}
          {runbook.drilledAt && (
            <>
              {t('runbook.card.drilled')}
              <RelativeTime value={runbook.drilledAt} />
            </>
          )}
        </span>
      </div>
    </div>
  );
}

function Age(props: { runbook: Runbook }) {
  const { reviewedAt, state, source } = props.runbook;
  const { t } = useTranslationRef(ownershipTranslationRef);
  if (!reviewedAt) {
    return (
      <span className={card.small}>
        {t(
          source === 'catalog'
            ? 'runbook.card.fromCatalog'
            : 'runbook.card.neverReviewed',
        )}
      </span>
    );
  }
  const stale = state === 'stale';
  return (
    <span
      className={`${card.small} ${
        stale ? `${styles.warning} ${toneClass('warning')}` : ''
      }`}
    >
      {stale && t('runbook.card.stale')}
      {t('runbook.card.reviewed')}
      <RelativeTime value={reviewedAt} />
    </span>
  );
}
