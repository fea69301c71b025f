import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Provenance } from '@service-ownership/backstage-plugin-ownership-common';
import {
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
  const address = location.replace(/^url:/, '');
  const file = /^https?:/i.test(address) ? safeHref(address) : undefined;
  return (
    <span className={styles.provenance} title={`${entityRef} · ${location}`}>
      {t(`contract.provenance.${source}`)}
      {source !== 'attestation' && location && (
        <>
          {' · '}
          {file ? <SafeLink href={file}>{fileName(file)}</SafeLink> : location}
        </>
      )}
    </span>
  );
}

function fileName(address: string): string {
  const { pathname, hostname } = new URL(address);
  return pathname.split('/').filter(Boolean).pop() ?? hostname;
}
