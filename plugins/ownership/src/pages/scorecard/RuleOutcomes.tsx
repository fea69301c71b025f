import {
  RiCheckLine,
  RiCloseLine,
  RiQuestionLine,
  RiShieldCheckLine,
} from '@remixicon/react';
import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  Scorecard,
  ScorecardEntityResult,
} from '@service-ownership/backstage-plugin-ownership-common';
import { linkTo } from '../screen/linkTo';
import { ScreenLink } from '../screen/ScreenLink';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Scorecard.module.css';

type Rules = NonNullable<ScorecardEntityResult['rules']>;

const looks = {
  pass: { icon: RiCheckLine, tone: 'good' },
  fail: { icon: RiCloseLine, tone: 'bad' },
  unknown: { icon: RiQuestionLine, tone: 'muted' },
  waived: { icon: RiShieldCheckLine, tone: 'info' },
} as const;

/**
 * The rules of one entity by level. What is unknown is not passed.
 *
 * @internal
 */
export function RuleOutcomes(props: { scorecard: Scorecard; rules: Rules }) {
  const { t } = usePagesTranslation();
  return (
    <div className={styles.outcomes}>
      {props.scorecard.levels.map(level => (
        <section key={level.id}>
          <h3 className={styles.outcomeLevel}>{level.title}</h3>
          <ul className={screen.plainList}>
            {props.rules
              .filter(rule => rule.level === level.id)
              .map(rule => {
                const { icon: Icon, tone } = looks[rule.status];
                return (
                  <li key={rule.ruleId} className={styles.outcome}>
                    <span
                      className={`${styles.outcomeIcon} ${toneClass(tone)}`}
                    >
                      <Icon size={16} aria-hidden />
                      {t(`pages.scorecard.results.status.${rule.status}`)}
                    </span>
                    <ScreenLink
                      className={screen.subtleLink}
                      to={linkTo('rules', { rule: rule.ruleId })}
                    >
                      {rule.title}
                    </ScreenLink>
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </div>
  );
}
