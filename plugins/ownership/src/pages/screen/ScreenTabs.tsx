import { useLocation } from 'react-router-dom';
import { usePagesTranslation } from '../usePagesTranslation';
import { ScreenLink } from './ScreenLink';
import { usePagesRoot } from './usePagesRoot';
import styles from './ScreenTabs.module.css';

const tabs = [
  'overview',
  'drift',
  'slos',
  'scorecards',
  'initiatives',
  'rules',
] as const;

/**
 * The way between the screens. Links, so that each can be opened in a tab of
 * the browser or sent to somebody.
 *
 * @internal
 */
export function ScreenTabs() {
  const { t } = usePagesTranslation();
  const root = usePagesRoot();
  const { pathname } = useLocation();
  const [first] = pathname.slice(root.length).split('/').filter(Boolean);
  // The list behind a figure belongs to the overview.
  const current = tabs.find(tab => tab === first) ?? 'overview';
  return (
    <nav className={styles.tabs} aria-label={t('pages.tabs.label')}>
      {tabs.map(tab => (
        <ScreenLink
          key={tab}
          to={tab === 'overview' ? '' : tab}
          className={styles.tab}
          aria-current={tab === current ? 'page' : undefined}
        >
          {t(`pages.tabs.${tab}`)}
        </ScreenLink>
      ))}
    </nav>
  );
}
