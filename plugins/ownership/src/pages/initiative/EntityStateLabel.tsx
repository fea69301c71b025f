import {
  RiCheckLine,
  RiCloseLine,
  RiQuestionLine,
  RiShieldCheckLine,
  RiSubtractLine,
} from '@remixicon/react';
import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import type { InitiativeEntityState } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';
import styles from './Initiative.module.css';

const looks = {
  met: { icon: RiCheckLine, tone: 'good' },
  missing: { icon: RiCloseLine, tone: 'bad' },
  unknown: { icon: RiQuestionLine, tone: 'muted' },
  exempt: { icon: RiShieldCheckLine, tone: 'info' },
  'not-asked': { icon: RiSubtractLine, tone: 'muted' },
} as const;

/**
 * How one component stands towards the goal, in a word.
 *
 * @internal
 */
export function EntityStateLabel(props: { state: InitiativeEntityState }) {
  const { t } = usePagesTranslation();
  const { icon: Icon, tone } = looks[props.state];
  return (
    <span className={`${styles.pace} ${toneClass(tone)}`}>
      <Icon size={16} aria-hidden />
      {t(`pages.initiative.entityState.${props.state}`)}
    </span>
  );
}
