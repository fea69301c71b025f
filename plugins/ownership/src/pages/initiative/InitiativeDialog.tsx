import { Select, Switch, TextAreaField, TextField } from '@backstage/ui';
import type {
  Initiative,
  InitiativeRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { FormDialog } from '../screen/FormDialog';
import { TeamSelect } from '../screen/TeamSelect';
import { useTeams } from '../screen/TeamsProvider';
import { usePagesTranslation } from '../usePagesTranslation';
import { DateField } from '../screen/DateField';
import { GoalFields } from './GoalFields';
import { emptyForm, formOf, isInOrder, requestOf } from './initiativeForm';
import { InitiativePreview } from './InitiativePreview';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

/**
 * Starts an initiative, or changes one: goal, scope, dates, and what they
 * would count today.
 *
 * @internal
 */
export function InitiativeDialog(props: {
  /** The one to change; absent to start one. */
  initiative?: Initiative;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onSave(request: InitiativeRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const teams = useTeams();
  const { initiative } = props;
  const [form, setForm] = useState(() =>
    initiative ? formOf(initiative) : emptyForm(),
  );
  const change = (part: Partial<typeof form>) =>
    setForm(before => ({ ...before, ...part }));
  const request = requestOf(form, initiative);
  const save = async () => {
    if (request) {
      await props.onSave(
        initiative
          ? request
          : { ...request, state: form.startNow ? 'active' : 'draft' },
      );
    }
  };

  const owners = teams.map(({ ref, title }) => ({ id: ref, label: title }));
  return (
    <FormDialog
      width={680}
      title={t(
        initiative
          ? 'pages.initiative.form.editTitle'
          : 'pages.initiative.form.createTitle',
      )}
      confirm={t(
        initiative
          ? 'pages.initiative.form.save'
          : 'pages.initiative.form.create',
      )}
      failed={t('pages.initiative.form.failed')}
      ready={request !== undefined}
      onClose={props.onClose}
      onSubmit={save}
    >
      <TextField
        label={t('pages.initiative.form.title')}
        description={t('pages.initiative.form.titleHint')}
        value={form.title}
        onChange={title => change({ title })}
        maxLength={200}
        isRequired
      />
      <GoalFields form={form} change={change} />
      <div className={styles.pair}>
        <TeamSelect
          label={t('pages.initiative.form.team')}
          teams={teams}
          value={form.team}
          onChange={team => change({ team })}
        />
        <Select
          className={screen.teamSelect}
          label={t('pages.initiative.form.ownerRef')}
          placeholder={t('pages.initiative.form.chooseOwner')}
          search={{ placeholder: t('pages.filters.findTeam') }}
          value={form.ownerRef ?? null}
          onChange={key => change({ ownerRef: key ? String(key) : undefined })}
          options={[
            ...(form.ownerRef && !owners.some(({ id }) => id === form.ownerRef)
              ? [{ id: form.ownerRef, label: form.ownerRef }]
              : []),
            ...owners,
          ]}
          isRequired
        />
      </div>
      <TextAreaField
        className={styles.predicate}
        label={t('pages.initiative.form.predicate')}
        description={t('pages.initiative.form.predicateHint')}
        value={form.predicate}
        onChange={predicate => change({ predicate })}
        maxLength={10_000}
        rows={4}
      />
      <InitiativePreview form={form} />
      <div className={styles.pair}>
        <DateField
          isRequired
          label={t('pages.initiative.form.startsOn')}
          value={form.startsOn}
          onChange={startsOn => change({ startsOn })}
        />
        <DateField
          isRequired
          label={t('pages.initiative.form.dueOn')}
          value={form.dueOn}
          onChange={dueOn => change({ dueOn })}
        />
      </div>
      {!isInOrder(form) && (
        <p role="alert">{t('pages.initiative.form.dueAfter')}</p>
      )}
      <TextAreaField
        label={t('pages.initiative.form.description')}
        value={form.description}
        onChange={description => change({ description })}
        maxLength={5000}
      />
      {!initiative && (
        <div className={screen.stack}>
          <Switch
            label={t('pages.initiative.form.startNow')}
            isSelected={form.startNow}
            onChange={startNow => change({ startNow })}
          />
          <span className={screen.small}>
            {t('pages.initiative.form.startNowHint')}
          </span>
        </div>
      )}
    </FormDialog>
  );
}
