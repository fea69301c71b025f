import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Provenance } from '@service-ownership/backstage-plugin-ownership-common';
import {
  EntityName,
  safeHref,
  SafeLink,
} from '@service-ownership/backstage-plugin-ownership-react';
import { ownershipTranslationRef } from '../translation';
import styles from './Contract.module.css';

/**
 * Where a field was found, small beside it. Files are linked.
 *
 * @internal
 */
export function ProvenanceMark(props: { of: Provenance | undefined }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  if (!props.of) {
    return null;
  }
  const { source, location, entityRef } = props.of;
  return (
    <span className={styles.provenance} title={`${entityRef} · ${location}`}>
      {t(`contract.provenance.${source}`)}
      <Place of={props.of} />
    </span>
  );
}

// Left out where the words before say it all: a field of the contract that
// stands in the entity itself, or what was confirmed in the portal.
function Place(props: { of: Provenance }) {
  const { source, location, entityRef } = props.of;
  const address = location.replace(/^url:/, '');
  const file = /^https?:/i.test(address) ? safeHref(address) : undefined;
  if (file) {
    return (
      <>
        {' · '}
        <SafeLink href={file}>{fileName(file)}</SafeLink>
      </>
    );
  }
  if (source === 'contract') {
    return /^ownershipcontract:/i.test(entityRef) ? (
      <>
        {' '}
        <EntityName entityRef={entityRef} />
      </>
    ) : null;
  }
  return source === 'attestation' || !location ? null : <> · {location}</>;
}

function fileName(address: string): string {
  const { pathname, hostname } = new URL(address);
  return pathname.split('/').filter(Boolean).pop() ?? hostname;
}
