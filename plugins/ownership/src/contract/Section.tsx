import type { Provenance } from '@service-ownership/backstage-plugin-ownership-common';
import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './Contract.module.css';
import { ProvenanceMark } from './ProvenanceMark';

/**
 * A chapter of the contract.
 *
 * @internal
 */
export function Section(props: {
  /** The anchor of the table of contents. */
  id: string;
  title: string;
  provenance?: Provenance;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section
      id={props.id}
      className={styles.section}
      aria-labelledby={heading}
      tabIndex={-1}
    >
      <div className={styles.sectionTitle}>
        <h3 id={heading} style={{ margin: 0, font: 'inherit' }}>
          {props.title}
        </h3>
        <ProvenanceMark of={props.provenance} />
      </div>
      {props.children}
    </section>
  );
}

/**
 * A titled part of a chapter.
 *
 * @internal
 */
export function Part(props: {
  title: string;
  provenance?: Provenance;
  children: ReactNode;
}) {
  return (
    <div className={styles.part}>
      <div className={styles.partTitle}>
        <h4 style={{ margin: 0, font: 'inherit' }}>{props.title}</h4>
        <ProvenanceMark of={props.provenance} />
      </div>
      {props.children}
    </div>
  );
}
