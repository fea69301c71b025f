import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import type { CSSProperties, ReactNode } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import styles from './Screen.module.css';

/**
 * The name of a group in a tree, with the handle that shows what is below.
 *
 * @internal
 */
export function TreeName(props: {
  title: string;
  depth: number;
  hasChildren: boolean;
  closed: boolean;
  onTwist(): void;
  children: ReactNode;
}) {
  const { t } = usePagesTranslation();
  const { title, depth, closed } = props;
  const Arrow = closed ? RiArrowRightSLine : RiArrowDownSLine;
  return (
    <div
      className={styles.treeName}
      style={{ '--depth': depth } as CSSProperties}
    >
      {props.hasChildren && (
        <button
          type="button"
          className={styles.twist}
          aria-expanded={!closed}
          aria-label={
            closed
              ? t('pages.tree.expand', { team: title })
              : t('pages.tree.collapse', { team: title })
          }
          onClick={props.onTwist}
        >
          <Arrow size={18} aria-hidden />
        </button>
      )}
      {!props.hasChildren && depth > 0 && <span className={styles.noTwist} />}
      <div className={styles.stack}>{props.children}</div>
    </div>
  );
}
