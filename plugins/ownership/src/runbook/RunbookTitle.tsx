import type { Runbook } from '@service-ownership/backstage-plugin-ownership-common';
import { SafeLink } from '@service-ownership/backstage-plugin-ownership-react';
import { lazy, Suspense, useState } from 'react';
import styles from './Runbook.module.css';

const RunbookDialog = lazy(() =>
  import('./RunbookDialog').then(m => ({ default: m.RunbookDialog })),
);

/**
 * The title of a runbook; a click opens it, here where it can be read here.
 *
 * @internal
 */
export function RunbookTitle(props: { entityRef: string; runbook: Runbook }) {
  const { entityRef, runbook } = props;
  const [reading, setReading] = useState(false);
  if (!runbook.readable) {
    return (
      <SafeLink href={runbook.href} className={styles.title}>
        {runbook.title}
      </SafeLink>
    );
  }
  return (
    <>
      <button
        type="button"
        className={styles.open}
        onClick={() => setReading(true)}
      >
        {runbook.title}
      </button>
      {reading && (
        <Suspense fallback={null}>
          <RunbookDialog
            entityRef={entityRef}
            runbook={runbook}
            onClose={() => setReading(false)}
          />
        </Suspense>
      )}
    </>
  );
}
