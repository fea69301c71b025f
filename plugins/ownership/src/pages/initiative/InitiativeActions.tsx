import { Button } from '@backstage/ui';
import type {
  Initiative,
  InitiativeState,
} from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';

/**
 * What can be done with an initiative in its state. The next step stands out.
 *
 * @internal
 */
export function InitiativeActions(props: {
  initiative: Initiative;
  onEdit(): void;
  onState(state: InitiativeState): void;
  onDelete(): void;
}) {
  const { t } = usePagesTranslation();
  const { initiative, onState } = props;
  const { state, proposal } = initiative;
  return (
    <div className={screen.inline}>
      <Button size="small" variant="secondary" onPress={props.onEdit}>
        {t('pages.initiative.detail.edit')}
      </Button>
      {state === 'draft' && (
        <>
          <Button
            size="small"
            variant="primary"
            onPress={() => onState('active')}
          >
            {t('pages.initiative.detail.activate')}
          </Button>
          <Button size="small" variant="tertiary" onPress={props.onDelete}>
            {t('pages.initiative.detail.remove')}
          </Button>
        </>
      )}
      {state === 'active' && (
        <>
          <Button
            size="small"
            variant={proposal ? 'primary' : 'secondary'}
            onPress={() => onState('done')}
          >
            {t('pages.initiative.detail.done')}
          </Button>
          <Button
            size="small"
            variant="tertiary"
            onPress={() => onState('cancelled')}
          >
            {t('pages.initiative.detail.cancel')}
          </Button>
        </>
      )}
      {(state === 'done' || state === 'cancelled') && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => onState('active')}
        >
          {t('pages.initiative.detail.reopen')}
        </Button>
      )}
    </div>
  );
}
