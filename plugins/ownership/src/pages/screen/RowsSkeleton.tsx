import { Skeleton } from '@backstage/ui';
import styles from './Screen.module.css';

/**
 * The shape of a list while it is on its way.
 *
 * @internal
 */
export function RowsSkeleton(props: { rows: number; height?: number }) {
  return (
    <div className={styles.skeletonRows} aria-hidden="true">
      {Array.from({ length: props.rows }, (_, row) => (
        <Skeleton key={row} width="100%" height={props.height ?? 28} />
      ))}
    </div>
  );
}
