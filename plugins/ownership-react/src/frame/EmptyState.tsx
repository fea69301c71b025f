import type { ReactNode } from 'react';
import { toneClass } from '../palette';
import styles from './Frame.module.css';

/**
 * Says that there is nothing, and what the next step is.
 *
 * @public
 */
export function EmptyState(props: {
  title: ReactNode;
  /** The next step in words. */
  description?: ReactNode;
  /** The next step as a button or something to copy. */
  action?: ReactNode;
}) {
  return (
    <div className={`${styles.empty} ${toneClass('muted')}`}>
      <p className={styles.title}>{props.title}</p>
      {props.description && <p className={styles.text}>{props.description}</p>}
      {props.action}
    </div>
  );
}
