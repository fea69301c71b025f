import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import type { ScorecardResult } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import type { CSSProperties } from 'react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import { levelTitle, rungsOf } from './rungs';
import { LastMove } from './LastMove';
import { NextSteps } from './NextSteps';
import { RuleStep } from './RuleStep';
import styles from './Scorecard.module.css';

const words = {
  reached: 'reached',
  here: 'here',
  next: 'next',
  above: 'notReached',
} as const;

/**
 * One scorecard: its levels side by side, what is missing for the next, and
 * every rule on demand.
 *
 * @internal
 */
export function Ladder(props: { result: ScorecardResult }) {
  const { result } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const [open, setOpen] = useState(false);
  const rungs = rungsOf(result);
  const rules = result.rules ?? [];
  const title = result.title ?? levelTitle(result.id);
  const passed = rungs.reduce((sum, rung) => sum + rung.passed, 0);
  const total = String(rules.length);
  const known = rules.filter(({ status }) => status !== 'unknown').length;
  return (
    <section className={card.stack} aria-label={title}>
      <div className={`${card.row} ${card.spread}`}>
        <span className={card.strong}>{title}</span>
        <span className={`${card.small} ${card.number}`}>
          {t('scorecard.card.passed', { passed: String(passed), total })}
          {known < rules.length &&
            ` · ${t('scorecard.card.known', { known: String(known), total })}`}
        </span>
      </div>
      <ol
        className={styles.ladder}
        aria-label={t('scorecard.card.ladder', { title })}
      >
        {rungs.map(rung => (
          <li
            key={rung.id}
            className={styles.level}
            data-place={rung.place}
            aria-current={rung.place === 'here' ? 'step' : undefined}
            style={
              {
                '--part': `${(rung.passed / rung.rules.length) * 100}%`,
              } as CSSProperties
            }
          >
            {rung.title}
            <span className={styles.place}>
              {rung.place === 'next'
                ? `${rung.passed} / ${rung.rules.length}`
                : t(`scorecard.card.${words[rung.place]}`)}
            </span>
          </li>
        ))}
      </ol>
      <LastMove result={result} />
      <NextSteps result={result} />
      {rules.length > 0 && (
        <div>
          <Button
            size="small"
            variant="tertiary"
            aria-expanded={open}
            onPress={() => setOpen(!open)}
          >
            {t(open ? 'scorecard.card.hideRules' : 'scorecard.card.rules')}
          </Button>
        </div>
      )}
      {open &&
        rungs.map(rung => (
          <div key={rung.id} className={card.tight}>
            <p className={card.label}>{rung.title}</p>
            <ul className={card.plainList}>
              {rung.rules.map(rule => (
                <li key={rule.ruleId}>
                  <RuleStep status={rule.status} title={rule.title} />
                </li>
              ))}
            </ul>
          </div>
        ))}
    </section>
  );
}
