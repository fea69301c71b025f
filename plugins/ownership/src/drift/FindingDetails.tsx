import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Finding } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CardSkeleton,
  CopyBlock,
  ErrorState,
  ownershipApiRef,
  safeHref,
  SafeLink,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import { patchFileOf } from './patchFileOf';
import styles from './Drift.module.css';

/**
 * Why the finding matters, what it was concluded from, and the patch.
 *
 * @internal
 */
export function FindingDetails(props: { finding: Finding }) {
  const { finding } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const { value, error, retry } = useLoaded({
    key: `${finding.id} ${finding.state}`,
    load: () => api.getFinding(finding.id),
  });
  return (
    <div className={styles.details}>
      {finding.evidence.length > 0 && (
        <div className={card.tight}>
          <p className={card.label}>{t('drift.card.found')}</p>
          <dl className={styles.evidence}>
            {finding.evidence.map((item, index) => (
              <div key={index} style={{ display: 'contents' }}>
                <dt>{item.label}</dt>
                <dd>
                  <SafeLink href={item.url}>{item.value}</SafeLink>{' '}
                  <span className={card.small}>{item.source}</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {value && (
        <>
          <div className={card.tight}>
            <p className={card.label}>{t('drift.card.why')}</p>
            <p className={card.text}>{value.rule.why}</p>
            {safeHref(value.rule.docsUrl) && (
              <span className={card.small}>
                <SafeLink href={value.rule.docsUrl}>
                  {t('drift.card.docs')}
                </SafeLink>
              </span>
            )}
          </div>
          {value.patch && (
            <CopyBlock
              label={t('drift.card.patch')}
              text={value.patch}
              fileName={patchFileOf(value.entityRef)}
            />
          )}
        </>
      )}
      {error && (
        <ErrorState
          title={t('drift.card.detailError')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && <CardSkeleton parts={[{ height: 40 }]} />}
    </div>
  );
}
