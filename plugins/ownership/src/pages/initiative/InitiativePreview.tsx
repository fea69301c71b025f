import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { useLoaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import { goalOf, scopeOf } from './initiativeForm';
import type { InitiativeForm } from './initiativeForm';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

/** Milliseconds without a key pressed before it is counted anew. */
const pause = 400;

/**
 * What the goal over the scope would count today, in words.
 *
 * @internal
 */
export function InitiativePreview(props: { form: InitiativeForm }) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const goal = goalOf(props.form);
  const asked = goal && JSON.stringify({ goal, scope: scopeOf(props.form) });
  const [settled, setSettled] = useState(asked);
  useDebounce(() => setSettled(asked), pause, [asked]);
  const { value, error } = useLoaded({
    key: settled,
    load: () => api.previewInitiative(JSON.parse(settled!)),
  });

  const words = () => {
    if (!goal) {
      return (
        <span className={screen.muted}>
          {t('pages.initiative.form.previewNext')}
        </span>
      );
    }
    if (error) {
      return (
        <>
          <strong>{t('pages.initiative.form.previewError')}</strong>
          <div>{error.message}</div>
        </>
      );
    }
    if (!value || asked !== settled) {
      return (
        <span className={screen.muted}>
          {t('pages.initiative.form.previewing')}
        </span>
      );
    }
    const { figures } = value;
    const beside = [
      figures.unknown > 0 &&
        t('pages.initiative.unknown', { count: figures.unknown }),
      figures.exempt > 0 &&
        t('pages.initiative.exempt', { count: figures.exempt }),
      figures.notAsked > 0 &&
        t('pages.initiative.notAsked', { count: figures.notAsked }),
    ].filter(Boolean);
    return (
      <>
        <strong>
          {t('pages.initiative.form.preview', { count: figures.inScope })},{' '}
          {t('pages.initiative.form.previewMet', { count: figures.met })}
        </strong>
        {[...beside, ...value.problems].map(text => (
          <div key={String(text)} className={screen.small}>
            {text}
          </div>
        ))}
        {value.hidden > 0 && (
          <div className={screen.small}>
            {t('pages.initiative.hidden', { count: value.hidden })}
          </div>
        )}
      </>
    );
  };

  return (
    <div className={styles.preview} role="status">
      {words()}
    </div>
  );
}
