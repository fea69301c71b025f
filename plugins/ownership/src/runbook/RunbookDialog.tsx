import { MarkdownContent } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { Runbook } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CardSkeleton,
  ErrorState,
  ownershipApiRef,
  RelativeTime,
  safeHref,
  SafeLink,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import styles from './Runbook.module.css';

/**
 * A runbook to be read without leaving the portal: its Markdown, sanitised.
 *
 * @internal
 */
export function RunbookDialog(props: {
  entityRef: string;
  runbook: Runbook;
  onClose(): void;
}) {
  const { entityRef, runbook, onClose } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const { value, error, retry } = useLoaded({
    key: `${entityRef} ${runbook.id}`,
    load: () => api.getRunbookContent(entityRef, runbook.id),
  });
  return (
    <Dialog
      isOpen
      isDismissable
      onOpenChange={open => !open && onClose()}
      width={820}
    >
      <DialogHeader>{runbook.title}</DialogHeader>
      <DialogBody className={toneClass('muted')}>
        {value && (
          <div className={styles.document}>
            <MarkdownContent content={value.markdown} linkTarget="_blank" />
            <p className={card.small}>
              {t('runbook.dialog.readAt')}
              <RelativeTime value={value.readAt} />
            </p>
          </div>
        )}
        {error && (
          <ErrorState
            title={t('runbook.dialog.errorTitle')}
            error={error}
            retry={retry}
          />
        )}
        {!value && !error && (
          <CardSkeleton
            parts={[
              { height: 28, width: '50%' },
              { height: 80 },
              { height: 80 },
            ]}
          />
        )}
      </DialogBody>
      <DialogFooter>
        {safeHref(runbook.href) && (
          <SafeLink href={runbook.href}>{t('runbook.dialog.source')}</SafeLink>
        )}
        <Button variant="secondary" onPress={onClose}>
          {t('runbook.dialog.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
