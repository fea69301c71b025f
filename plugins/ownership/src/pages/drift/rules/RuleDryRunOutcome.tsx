import type { RuleDryRun } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from './Rules.module.css';

type Outcome = NonNullable<RuleDryRun['outcome']>;
type Rule = Outcome['rules'][number];

/**
 * What a change of the rules would open, close and turn over.
 *
 * @internal
 */
export function RuleDryRunOutcome(props: { outcome: Outcome }) {
  const { t } = usePagesTranslation();
  const { opens, closes, components, hidden, rules, states } = props.outcome;
  return (
    <div className={screen.stack} aria-live="polite">
      <p className={screen.strong}>
        {rules.length === 0
          ? t('pages.drift.rules.tryOut.nothing', { components })
          : t('pages.drift.rules.tryOut.outcome', {
              opens,
              closes,
              components,
            })}
      </p>
      {hidden > 0 && (
        <p className={screen.muted}>
          {t('pages.drift.rules.tryOut.hidden', { count: hidden })}
        </p>
      )}
      <ul className={screen.plainList}>
        {rules.map(rule => (
          <RuleChanges key={rule.id} rule={rule} />
        ))}
      </ul>
      {states.changed > 0 && (
        <details>
          <summary className={styles.summary}>
            {t('pages.drift.rules.tryOut.states', { count: states.changed })}
          </summary>
          <ul className={styles.problems}>
            {states.samples.map(({ entityRef, from, to, reason }) => (
              <li key={entityRef}>
                <span className={screen.code}>{entityRef}</span>{' '}
                {t('pages.drift.rules.tryOut.state', {
                  from: t(`pages.state.${from}`),
                  to: t(`pages.state.${to}`),
                })}
                {`: ${reason}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function RuleChanges(props: { rule: Rule }) {
  const { t } = usePagesTranslation();
  const { rule } = props;
  const words = [
    rule.opens > 0 &&
      t('pages.drift.rules.tryOut.opens', { count: rule.opens }),
    rule.closes > 0 &&
      t('pages.drift.rules.tryOut.closes', { count: rule.closes }),
    rule.reweighed > 0 &&
      t('pages.drift.rules.tryOut.reweighed', {
        count: rule.reweighed,
        severity: t(`pages.severity.${rule.severity}`),
      }),
    rule.broken > 0 &&
      t('pages.drift.rules.tryOut.broken', { count: rule.broken }),
  ].filter(Boolean);
  return (
    <li className={styles.rule}>
      <div className={styles.head}>
        <h3 className={styles.title}>
          {rule.title} <span className={screen.code}>{rule.id}</span>
        </h3>
        <span className={styles.count}>{words.join(', ')}</span>
      </div>
      <Samples
        title={t('pages.drift.rules.tryOut.opening')}
        samples={rule.opening}
        count={rule.opens}
      />
      <Samples
        title={t('pages.drift.rules.tryOut.closing')}
        samples={rule.closing}
        count={rule.closes}
      />
    </li>
  );
}

function Samples(props: {
  title: string;
  samples: Rule['opening'];
  count: number;
}) {
  const { t } = usePagesTranslation();
  const { samples, count } = props;
  return samples.length === 0 ? null : (
    <details>
      <summary className={styles.summary}>{props.title}</summary>
      <ul className={styles.problems}>
        {samples.map(({ entityRef, message }) => (
          <li key={entityRef}>
            <span className={screen.code}>{entityRef}</span>
            {`: ${message}`}
          </li>
        ))}
        {count > samples.length && (
          <li className={screen.muted}>
            {t('pages.drift.rules.tryOut.more', {
              count: count - samples.length,
            })}
          </li>
        )}
      </ul>
    </details>
  );
}
