import { useApi } from '@backstage/core-plugin-api';
import { Alert, Skeleton } from '@backstage/ui';
import {
  ErrorState,
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  InitiativeDetail,
  InitiativeEntity,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { ScreenLink } from '../screen/ScreenLink';
import { usePagesRoot } from '../screen/usePagesRoot';
import { usePagesTranslation } from '../usePagesTranslation';
import { BurnUpPanel } from './BurnUpPanel';
import { EntitiesPanel } from './EntitiesPanel';
import { ExemptDialog } from './ExemptDialog';
import { ExemptionsPanel } from './ExemptionsPanel';
import { InitiativeActions } from './InitiativeActions';
import { InitiativeDialog } from './InitiativeDialog';
import { InitiativeHead } from './InitiativeHead';
import { RulesPanel } from './RulesPanel';
import { TeamsBehindPanel } from './TeamsBehindPanel';
import { useInitiative } from './useInitiatives';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

/**
 * One initiative: how far it is, who is behind, and what is left.
 *
 * @internal
 */
export function InitiativeScreen() {
  const { t } = usePagesTranslation();
  const { id = '' } = useParams();
  const { value, error, retry } = useInitiative(id);
  return (
    <div className={screen.screen}>
      <ScreenLink to="initiatives">
        {t('pages.initiative.detail.back')}
      </ScreenLink>
      {error && (
        <ErrorState
          title={t('pages.initiative.detail.errorTitle')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && (
        <>
          <Skeleton width="60%" height={32} />
          <Skeleton width="100%" height={360} />
          <Skeleton width="100%" height={300} />
        </>
      )}
      {value && <Body key={value.id} initiative={value} reload={retry} />}
    </div>
  );
}

function Body(props: { initiative: InitiativeDetail; reload(): void }) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const navigate = useNavigate();
  const root = usePagesRoot();
  const { initiative, reload } = props;
  const { id } = initiative;
  const [editing, setEditing] = useState(false);
  const [excusing, setExcusing] = useState<InitiativeEntity>();
  const [problem, setProblem] = useState<Error>();
  const attempt = async (run: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await run();
      reload();
    } catch (error) {
      setProblem(reasonOf(error));
    }
  };

  return (
    <>
      <InitiativeHead
        initiative={initiative}
        actions={
          <InitiativeActions
            initiative={initiative}
            onEdit={() => setEditing(true)}
            onState={state =>
              attempt(() => api.changeInitiative(id, { state }))
            }
            onDelete={() =>
              attempt(async () => {
                await api.deleteInitiative(id);
                navigate(`${root}/initiatives`);
              })
            }
          />
        }
      />
      {problem && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('pages.initiative.detail.failed')}
          description={problem.message}
        />
      )}
      {initiative.problems.length > 0 && (
        <Alert
          status="warning"
          icon
          title={t('pages.initiative.detail.problems')}
          description={initiative.problems.join('; ')}
        />
      )}
      {initiative.proposal && (
        <Alert
          status="success"
          icon
          title={t('pages.initiative.detail.reached')}
          description={initiative.proposal}
        />
      )}
      {initiative.hidden > 0 && (
        <p className={screen.muted}>
          {t('pages.initiative.hidden', { count: initiative.hidden })}
        </p>
      )}
      <div className={screen.columns}>
        <BurnUpPanel initiative={initiative} />
        <div className={styles.aside}>
          <TeamsBehindPanel initiative={initiative} />
          <RulesPanel initiative={initiative} />
        </div>
      </div>
      <EntitiesPanel initiative={initiative} onExcuse={setExcusing} />
      {initiative.exemptions.length > 0 && (
        <ExemptionsPanel
          initiative={initiative}
          onWithdraw={({ entityRef }) =>
            attempt(() => api.withdrawInitiativeExemption(id, entityRef))
          }
        />
      )}
      {editing && (
        <InitiativeDialog
          initiative={initiative}
          onClose={() => setEditing(false)}
          onSave={async request => {
            await api.changeInitiative(id, request);
            setEditing(false);
            reload();
          }}
        />
      )}
      {excusing && (
        <ExemptDialog
          entity={excusing}
          onClose={() => setExcusing(undefined)}
          onExempt={async request => {
            await api.exemptFromInitiative(id, request);
            setExcusing(undefined);
            reload();
          }}
        />
      )}
    </>
  );
}
