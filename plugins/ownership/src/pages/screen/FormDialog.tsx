import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { FormEvent, ReactNode } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import { useAct } from './useAct';
import styles from './Screen.module.css';

/**
 * A question in a dialog. It stays open, with what went wrong, until the
 * answer was taken.
 *
 * @internal
 */
export function FormDialog(props: {
  title: string;
  confirm: string;
  /** Title of the message when the answer was not taken. */
  failed: string;
  /** Whether the form is filled in. */
  ready: boolean;
  /** In pixels; 520 unless told. */
  width?: number;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onSubmit(): Promise<void>;
  children: ReactNode;
}) {
  const { t } = usePagesTranslation();
  const { act, busy, error } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (props.ready && !busy) {
      await act(props.onSubmit);
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && props.onClose()}
      width={props.width ?? 520}
    >
      <DialogHeader>{props.title}</DialogHeader>
      <form className={styles.formFrame} onSubmit={submit}>
        <DialogBody>
          <div className={styles.form}>
            {props.children}
            {error && (
              <Alert
                role="alert"
                status="danger"
                icon
                title={props.failed}
                description={error.message}
              />
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={props.onClose}>
            {t('pages.form.cancel')}
          </Button>
          <Button
            type="submit"
            variant="primary"
            isDisabled={!props.ready}
            isPending={busy}
          >
            {props.confirm}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
