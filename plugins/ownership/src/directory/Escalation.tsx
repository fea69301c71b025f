import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EffectiveContract } from '@service-ownership/backstage-plugin-ownership-common';
import { useLanguage } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { durationWords } from '../entity/durationWords';
import { Name } from '../entity/Names';
import { ownershipTranslationRef } from '../translation';
import styles from './Directory.module.css';

/**
 * Who is called when nobody reacts, as a time line from the first page.
 *
 * @internal
 */
export function Escalation(props: {
  steps: NonNullable<EffectiveContract['escalation']>;
  titles: Record<string, string>;
}) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  return (
    <ol className={styles.steps}>
      {props.steps.map(({ after, to }, index) => {
        const duration = durationWords({
          duration: after,
          language,
          style: 'short',
        });
        return (
          <li key={index} className={styles.step}>
            <span className={card.muted}>
              {duration
                ? t('directory.card.after', { duration })
                : t('directory.card.atOnce')}
            </span>
            <Name entityRef={to} titles={props.titles} />
          </li>
        );
      })}
    </ol>
  );
}
