import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import { toneClass } from '../palette';
import { ownershipReactTranslationRef } from '../translation';
import { reasonOf } from './reasonOf';
import styles from './Frame.module.css';

/**
 * Says what could not be loaded and why, and lets the reader try again.
 *
 * @public
 */
export function ErrorState(props: {
  title?: string;
  error: Error | undefined;
  retry?(): void;
}) {
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const { title, error, retry } = props;
  const reason = () => {
    const { name, message } = reasonOf(error);
    switch (name) {
      case 'NotAllowedError':
        return t('error.forbidden');
      case 'NotFoundError':
        return t('error.notFound');
      case 'TypeError':
        // What `fetch` throws where no answer came at all.
        return t('error.offline');
      default:
        return message;
    }
  };
  return (
    <div role="alert" className={`${styles.error} ${toneClass('bad')}`}>
      <ErrorOutlineIcon aria-hidden="true" fontSize="small" />
      <div className={styles.empty} style={{ padding: 0 }}>
        <p className={styles.title}>{title ?? t('error.title')}</p>
        {error && <p className={styles.text}>{reason()}</p>}
        {retry && (
          <Button size="small" variant="secondary" onPress={() => retry()}>
            {t('error.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
