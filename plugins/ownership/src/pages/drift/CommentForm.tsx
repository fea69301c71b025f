import { useApi } from '@backstage/core-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import { useAct } from '../screen/useAct';
import styles from './Drift.module.css';

const longest = 4000;

/**
 * Says something about a finding, for everybody who sees it.
 *
 * @internal
 */
export function CommentForm(props: { id: string; onChanged(): void }) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const [text, setText] = useState('');
  const { act, busy, error } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await act(() => api.commentFinding(props.id, { text: text.trim() }))) {
      setText('');
      props.onChanged();
    }
  };
  return (
    <form className={styles.commentForm} onSubmit={submit}>
      <TextAreaField
        label={t('pages.drift.comment.label')}
        value={text}
        onChange={setText}
        maxLength={longest}
      />
      <div>
        <Button
          type="submit"
          size="small"
          variant="secondary"
          isDisabled={!text.trim()}
          isPending={busy}
        >
          {t('pages.drift.comment.send')}
        </Button>
      </div>
      <span role="status">
        {error && t('pages.drift.comment.failed', { reason: error.message })}
      </span>
    </form>
  );
}
