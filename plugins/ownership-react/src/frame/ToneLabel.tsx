import type SvgIcon from '@material-ui/core/SvgIcon';
import type { ReactNode } from 'react';
import { toneClass } from '../palette';
import type { Tone } from '../palette';
import styles from './ToneLabel.module.css';

/**
 * A verdict in a word, with its icon and its colour.
 *
 * @internal
 */
export function ToneLabel(props: {
  tone: Tone;
  icon: typeof SvgIcon;
  variant?: 'text' | 'pill';
  children: ReactNode;
}) {
  const Icon = props.icon;
  const shape = props.variant === 'pill' ? styles.pill : '';
  return (
    <span className={`${styles.label} ${toneClass(props.tone)} ${shape}`}>
      <Icon aria-hidden="true" fontSize="inherit" />
      <span>{props.children}</span>
    </span>
  );
}
