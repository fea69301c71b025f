import type { InitiativeDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { linkTo } from '../screen/linkTo';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

/**
 * The rules of the goal, those that fail most often first.
 *
 * @internal
 */
export function RulesPanel(props: { initiative: InitiativeDetail }) {
  const { t } = usePagesTranslation();
  const rules = [...props.initiative.rules].sort(
    (a, b) => b.failing - a.failing,
  );
  return (
    <Panel
      title={t('pages.initiative.detail.rules')}
      note={t('pages.initiative.detail.rulesNote')}
    >
      <ul className={`${screen.plainList} ${styles.rules}`}>
        {rules.map(({ ruleId, title, failing }) => (
          <li key={ruleId}>
            <ScreenLink
              className={screen.subtleLink}
              to={linkTo('rules', { rule: ruleId })}
            >
              {title}
            </ScreenLink>
            <span className={screen.number}>{failing}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
