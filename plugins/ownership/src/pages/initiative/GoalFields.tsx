import { Select } from '@backstage/ui';
import { ErrorState } from '@service-ownership/backstage-plugin-ownership-react';
import { ruleGoal } from '@service-ownership/backstage-plugin-ownership-common';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import { usePagesTranslation } from '../usePagesTranslation';
import type { InitiativeForm } from './initiativeForm';
import { useGoalChoices } from './useInitiatives';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

/**
 * What has to hold: a level of a scorecard, or rules.
 *
 * @internal
 */
export function GoalFields(props: {
  form: InitiativeForm;
  change(part: Partial<InitiativeForm>): void;
}) {
  const { t } = usePagesTranslation();
  const { form, change } = props;
  const { value, error, retry } = useGoalChoices();
  if (error) {
    return (
      <ErrorState
        title={t('pages.scorecard.errorTitle')}
        error={error}
        retry={retry}
      />
    );
  }
  if (!value) {
    return <RowsSkeleton rows={1} height={60} />;
  }
  const scorecard = value.scorecards.find(({ id }) => id === form.scorecard);
  const rules = value.rules.map(({ id, title }) => ({
    id,
    label: ruleGoal(id) ?? title,
  }));
  const gone = form.ruleIds.filter(
    ruleId => !rules.some(({ id }) => id === ruleId),
  );

  return (
    <div className={styles.pair}>
      <Select
        className={screen.teamSelect}
        label={t('pages.initiative.form.goalKind')}
        value={form.goalKind}
        onChange={key =>
          change({ goalKind: key === 'rules' ? 'rules' : 'level' })
        }
        options={(['level', 'rules'] as const).map(id => ({
          id,
          label: t(`pages.initiative.form.${id}`),
        }))}
      />
      {form.goalKind === 'rules' ? (
        <Select
          className={screen.teamSelect}
          selectionMode="multiple"
          label={t('pages.initiative.form.ruleIds')}
          search
          value={form.ruleIds}
          onChange={keys => change({ ruleIds: keys.map(String) })}
          options={[...gone.map(id => ({ id, label: id })), ...rules]}
          isRequired
        />
      ) : (
        <>
          <Select
            className={screen.teamSelect}
            label={t('pages.initiative.form.scorecard')}
            value={scorecard?.id ?? null}
            onChange={key =>
              change({ scorecard: String(key), level: undefined })
            }
            options={value.scorecards.map(({ id, title }) => ({
              id,
              label: title,
            }))}
            isRequired
          />
          <Select
            className={screen.teamSelect}
            label={t('pages.initiative.form.levelOf')}
            value={
              scorecard?.levels.some(({ id }) => id === form.level)
                ? form.level!
                : null
            }
            onChange={key => change({ level: String(key) })}
            isDisabled={!scorecard}
            options={(scorecard?.levels ?? []).map(({ id, title }) => ({
              id,
              label: title,
            }))}
            isRequired
          />
        </>
      )}
    </div>
  );
}
