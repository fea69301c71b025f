import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiArrowUpCircleLine } from '@remixicon/react';
import type { ScorecardResult } from '@service-ownership/backstage-plugin-ownership-common';
import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import { levelTitle } from './rungs';
import { RuleStep } from './RuleStep';
import styles from './Scorecard.module.css';

const SHOWN = 3;

/**
 * What is missing for the next level, the cheapest first, and apart from it
 * what nothing is known of.
 *
 * @internal
 */
export function NextSteps(props: { result: ScorecardResult }) {
  const { missing, unknown, nextLevel, rules = [] } = props.result;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const titleOf = (ruleId: string) =>
    rules.find(rule => rule.ruleId === ruleId)?.title ?? levelTitle(ruleId);
  if (!nextLevel) {
    return <p className={card.text}>{t('scorecard.card.top')}</p>;
  }
  const [cheapest, ...rest] = missing;
  return (
    <div className={card.stack}>
      {cheapest && (
        <div className={`${styles.cheapest} ${card.tight}`}>
          <p className={card.label}>{t('scorecard.card.cheapest')}</p>
          <span className={`${styles.step} ${toneClass('info')}`}>
            <RiArrowUpCircleLine size="1.1em" aria-hidden="true" />
            <span className={card.strong}>{titleOf(cheapest)}</span>
          </span>
          {rest.length > 0 && (
            <span className={card.small}>
              {t('scorecard.card.thenMissing')}:{' '}
              {[
                ...rest.slice(0, SHOWN).map(titleOf),
                ...(rest.length > SHOWN
                  ? [t('scorecard.card.more', { count: rest.length - SHOWN })]
                  : []),
              ].join(' · ')}
            </span>
          )}
        </div>
      )}
      {unknown.length > 0 && (
        <div className={card.tight}>
          <p className={card.label}>{t('scorecard.card.unknown')}</p>
          <ul className={card.plainList}>
            {unknown.slice(0, SHOWN).map(ruleId => (
              <li key={ruleId}>
                <RuleStep status="unknown" title={titleOf(ruleId)} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
