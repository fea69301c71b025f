import type { ReactNode } from 'react';
import styles from './Bar.module.css';

/**
 * A number with a small bar beside it. The bar only repeats the number.
 *
 * @internal
 */
export function Bar(props: {
  /** 0..1; what is outside is cut. */
  share: number;
  tone?: 'warning' | 'negative' | 'positive';
  children: ReactNode;
}) {
  const width = Math.min(1, Math.max(0, props.share)) * 100;
  return (
    <span className={styles.bar}>
      <span className={styles.track} aria-hidden="true">
        <span
          className={styles.fill}
          data-tone={props.tone}
          style={{ width: `${width}%` }}
        />
      </span>
      <span className={styles.number}>{props.children}</span>
    </span>
  );
}
