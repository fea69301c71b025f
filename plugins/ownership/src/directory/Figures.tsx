import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import type { Tone } from '@service-ownership/backstage-plugin-ownership-react';
import styles from './Directory.module.css';

/**
 * One figure with what it counts.
 *
 * @internal
 */
export interface Figure {
  title: string;
  value: string | number;
  /** Absent where there is nothing to worry about. */
  tone?: Tone;
}

/**
 * Figures side by side.
 *
 * @internal
 */
export function Figures(props: { figures: Figure[] }) {
  return (
    <dl className={styles.tiles}>
      {props.figures.map(({ title, value, tone }) => (
        <div key={title} className={styles.tile}>
          <dt>{title}</dt>
          <dd className={tone && `${styles.toned} ${toneClass(tone)}`}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
