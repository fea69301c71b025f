import { Alert } from '@backstage/ui';
import { SafeLink } from '@service-ownership/backstage-plugin-ownership-react';
import type { RuleDescription } from '@service-ownership/backstage-plugin-ownership-common';
import { CodeWords } from '../../screen/CodeWords';
import { linkTo } from '../../screen/linkTo';
import { ScreenLink } from '../../screen/ScreenLink';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from './Rules.module.css';

/**
 * One rule: what it says, why it matters, how to heal it, and where it fails
 * now.
 *
 * @internal
 */
export function RuleItem(props: { rule: RuleDescription; opened: boolean }) {
  const { t } = usePagesTranslation();
  const { rule } = props;
  const parameters = Object.entries(rule.parameters);
  const count = rule.openFindings ?? 0;
  return (
    <li className={styles.rule} data-off={!rule.enabled || undefined}>
      <div className={styles.head}>
        <h3 className={styles.title}>{rule.title}</h3>
        <span className={styles.count}>
          {!rule.enabled && t('pages.drift.rules.off')}
          {rule.enabled &&
            (count > 0 ? (
              <ScreenLink to={linkTo('drift', { rule: rule.id })}>
                {t('pages.drift.rules.open', { count })}
              </ScreenLink>
            ) : (
              <span className={screen.muted}>
                {t('pages.drift.rules.none')}
              </span>
            ))}
        </span>
      </div>
      <p className={styles.text}>{rule.why}</p>
      {rule.broken && (
        <Alert
          className={styles.broken}
          status="warning"
          icon
          title={t('pages.drift.rules.broken', {
            count: rule.broken.components,
            message: rule.broken.message,
          })}
        />
      )}
      <details open={props.opened}>
        <summary className={styles.summary}>
          {t('pages.drift.rules.fix')}
        </summary>
        <p className={styles.text}>
          <CodeWords text={rule.fix} />
        </p>
        {rule.example && (
          <figure className={styles.figure}>
            <figcaption className={screen.muted}>
              {t('pages.drift.rules.example')}
            </figcaption>
            <pre className={`${styles.example} ${screen.code}`}>
              {rule.example.trimEnd()}
            </pre>
          </figure>
        )}
        <dl className={styles.facts}>
          <dt>id</dt>
          <dd className={screen.code}>
            {rule.id}
            {rule.origin && ` (${t('pages.drift.rules.own')})`}
          </dd>
          {rule.appliesTo !== undefined && (
            <>
              <dt>{t('pages.drift.rules.appliesTo')}</dt>
              <dd className={screen.code}>{JSON.stringify(rule.appliesTo)}</dd>
            </>
          )}
          {parameters.map(([name, value]) => (
            <Parameter key={name} name={name} value={value} />
          ))}
        </dl>
        {rule.orphans && (
          <p className={styles.text}>{t('pages.drift.rules.orphans')}</p>
        )}
        {rule.docsUrl && (
          <SafeLink href={rule.docsUrl}>{t('pages.drift.rules.docs')}</SafeLink>
        )}
      </details>
    </li>
  );
}

function Parameter(props: { name: string; value: unknown }) {
  return (
    <>
      <dt className={screen.code}>{props.name}</dt>
      <dd className={screen.code}>
        {typeof props.value === 'string'
          ? props.value
          : JSON.stringify(props.value)}
      </dd>
    </>
  );
}
