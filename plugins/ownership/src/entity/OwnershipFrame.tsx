import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CardSkeleton,
  ErrorState,
  toneClass,
  useOwnership,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { ReactNode } from 'react';
import styles from './Card.module.css';
import { useEntityRef } from './useEntityRef';

/**
 * The frame of an entity card: loads the ownership, shows the card's own
 * skeleton until it is there and the reason where it cannot be had.
 *
 * @internal
 */
export function OwnershipFrame(props: {
  title: string;
  errorTitle: string;
  skeleton: ReadonlyArray<{ height: number; width?: number | string }>;
  /** Beside the title. */
  aside?(ownership: EntityOwnership): ReactNode;
  footer?(ownership: EntityOwnership): ReactNode;
  children(ownership: EntityOwnership, reload: () => void): ReactNode;
}) {
  const { value, error, retry } = useOwnership(useEntityRef());
  const content = () => {
    if (value) {
      return props.children(value, retry);
    }
    return error ? (
      <ErrorState title={props.errorTitle} error={error} retry={retry} />
    ) : (
      <CardSkeleton parts={props.skeleton} />
    );
  };
  return (
    <EntityInfoCard
      title={props.title}
      headerActions={value && props.aside?.(value)}
      footerActions={value && props.footer?.(value)}
      className={`${styles.card} ${toneClass('muted')}`}
    >
      {content()}
    </EntityInfoCard>
  );
}
