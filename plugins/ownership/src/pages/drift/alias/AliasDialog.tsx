import { useApi } from '@backstage/core-plugin-api';
import { Select, TextField } from '@backstage/ui';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import { useTeams } from '../../screen/TeamsProvider';
import { usePagesTranslation } from '../../usePagesTranslation';
import { FormDialog } from '../../screen/FormDialog';
import { useLoaded } from '../../screen/useLoaded';
import { Successors } from './Successors';

/**
 * Lets a reference that leads nowhere stand for a team that is there.
 *
 * @internal
 */
export function AliasDialog(props: {
  /** The broken reference. */
  from: string;
  onClose(): void;
  onDone(): void;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const teams = useTeams().filter(({ ref }) => ref !== props.from);
  const [to, setTo] = useState<string>();
  const [comment, setComment] = useState('');
  const { from } = props;
  // Of all that name it, whatever the list behind is filtered by.
  const components = useLoaded({
    key: from,
    load: () => api.getDriftSummary({ groupBy: 'ownerRef', ownerRef: from }),
  }).value?.items.find(({ key }) => key === from)?.components;

  return (
    <FormDialog
      title={t('pages.drift.alias.title', { ref: from })}
      confirm={
        components
          ? t('pages.drift.alias.confirm', { count: components })
          : t('pages.drift.alias.confirmAny')
      }
      failed={t('pages.drift.alias.failed')}
      ready={to !== undefined}
      onClose={props.onClose}
      onSubmit={async () => {
        await api.putAlias({
          from,
          to: to!,
          comment: comment.trim() || undefined,
        });
        props.onDone();
      }}
    >
      <p>
        {components
          ? t('pages.drift.alias.intro', { count: components })
          : t('pages.drift.alias.introAny')}
      </p>
      <Successors from={from} chosen={to} onChoose={setTo} />
      <Select
        label={t('pages.drift.alias.team')}
        search={{ placeholder: t('pages.filters.findTeam') }}
        options={teams.map(({ ref, title }) => ({ id: ref, label: title }))}
        value={to ?? null}
        onChange={key => setTo(key === null ? undefined : String(key))}
        isRequired
      />
      <TextField
        label={t('pages.drift.alias.comment')}
        value={comment}
        onChange={setComment}
        maxLength={2000}
      />
    </FormDialog>
  );
}
