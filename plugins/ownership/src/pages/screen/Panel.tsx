import { Card, CardBody, CardHeader } from '@backstage/ui';
import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './Screen.module.css';

/**
 * A titled part of a screen.
 *
 * @internal
 */
export function Panel(props: {
  title: string;
  /** One line under the title. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** The content reaches the edges: tables. */
  flush?: boolean;
  className?: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={props.className}>
      <Card className={styles.panel}>
        <CardHeader className={styles.panelHeader}>
          <div className={styles.panelTitles}>
            <h2 id={id} className={styles.panelTitle}>
              {props.title}
            </h2>
            {props.note && <p className={styles.panelNote}>{props.note}</p>}
          </div>
          {props.actions && (
            <div className={styles.panelActions}>{props.actions}</div>
          )}
        </CardHeader>
        <CardBody className={props.flush ? styles.flush : styles.panelBody}>
          {props.children}
        </CardBody>
      </Card>
    </section>
  );
}
