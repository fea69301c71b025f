import {
  RiCheckDoubleLine,
  RiCheckLine,
  RiCloseCircleLine,
  RiDraftLine,
  RiErrorWarningLine,
  RiTimeLine,
} from '@remixicon/react';
import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import type { Initiative } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';
import styles from './Initiative.module.css';

const paces = {
  'not-started': { icon: RiTimeLine, tone: 'muted' },
  'on-track': { icon: RiCheckLine, tone: 'good' },
  behind: { icon: RiErrorWarningLine, tone: 'warning' },
  overdue: { icon: RiErrorWarningLine, tone: 'bad' },
  reached: { icon: RiCheckDoubleLine, tone: 'good' },
} as const;

const states = {
  draft: { icon: RiDraftLine, tone: 'muted' },
  active: { icon: RiCheckLine, tone: 'info' },
  done: { icon: RiCheckDoubleLine, tone: 'good' },
  cancelled: { icon: RiCloseCircleLine, tone: 'muted' },
} as const;

/**
 * How an initiative does, in a word: its pace while it is active, else its
 * state.
 *
 * @internal
 */
export function PaceLabel(props: {
  initiative: Pick<Initiative, 'state' | 'pace' | 'behind'>;
}) {
  const { t } = usePagesTranslation();
  const { state, pace, behind } = props.initiative;
  const { icon: Icon, tone } = pace ? paces[pace] : states[state];
  return (
    <span className={`${styles.pace} ${toneClass(tone)}`}>
      <Icon size={16} aria-hidden />
      <span>
        {pace
          ? t(`pages.initiative.pace.${pace}`)
          : t(`pages.initiative.state.${state}`)}
        {pace === 'behind' && (
          <span className={styles.paceNote}>
            {t('pages.initiative.behind', { count: behind })}
          </span>
        )}
      </span>
    </span>
  );
}
