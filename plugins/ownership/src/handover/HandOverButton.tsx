import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import { lazy, Suspense, useState } from 'react';
import { ownershipTranslationRef } from '../translation';

const HandOverDialog = lazy(() =>
  import('./HandOverDialog').then(module => ({
    default: module.HandOverDialog,
  })),
);

/**
 * Begins a handover; only for those who may, and while there is none.
 *
 * @internal
 */
export function HandOverButton(props: {
  ownership: EntityOwnership;
  reload(): void;
}) {
  const { ownership, reload } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const [open, setOpen] = useState(false);
  if (!ownership.may.handOver || ownership.handover) {
    return null;
  }
  return (
    <>
      <Button size="small" variant="secondary" onPress={() => setOpen(true)}>
        {t('handover.action.handOver')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <HandOverDialog
            ownership={ownership}
            onClose={() => setOpen(false)}
            onProposed={() => {
              setOpen(false);
              reload();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
