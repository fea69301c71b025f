import { Alert, Button } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  EntityName,
  ownershipApiRef,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  FindingAction,
  FindingDetail,
  Refusal,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useId, useState } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import { AssignDialog } from './AssignDialog';
import { DecideDialog } from './DecideDialog';
import { useAct } from '../screen/useAct';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

/**
 * What can be done with one finding. What makes no sense in its state is not
 * there; what others have to do is there, and says so.
 *
 * @internal
 */
export function FindingActions(props: {
  finding: FindingDetail;
  onWaive(): void;
  onChanged(): void;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { finding } = props;
  const { may } = finding;
  const { act, busy, error } = useAct();
  const [asking, setAsking] = useState<'approve' | 'reject' | 'assign'>();
  const hint = useId();

  const run = async (action: () => Promise<unknown>) => {
    if (await act(action)) {
      props.onChanged();
    }
  };
  const settle = async (answer: Promise<unknown>) => {
    await answer;
    setAsking(undefined);
    props.onChanged();
  };

  // A backend that does not say what is allowed yet refuses by itself.
  const refusal = (action: FindingAction) => may?.refusals[action];
  const all: Array<Offer | false | undefined> = [
    finding.waiverRequest && {
      action: 'decideWaiver',
      variant: 'primary',
      label: t('pages.drift.decide.approveAsk'),
      onPress: () => setAsking('approve'),
    },
    finding.waiverRequest && {
      action: 'decideWaiver',
      variant: 'secondary',
      label: t('pages.drift.decide.rejectAsk'),
      onPress: () => setAsking('reject'),
    },
    finding.state === 'open' && {
      action: 'acknowledge',
      variant: finding.waiverRequest ? 'secondary' : 'primary',
      label: t('pages.drift.detail.acknowledge'),
      onPress: () => run(() => api.acknowledgeFinding(finding.id)),
    },
    (finding.state === 'waived' || finding.waiverRequest) && {
      action: 'withdrawWaiver',
      variant: 'secondary',
      label: t(
        finding.state === 'waived'
          ? 'pages.drift.detail.withdraw'
          : 'pages.drift.detail.withdrawRequest',
      ),
      onPress: () => run(() => api.withdrawWaiver(finding.id)),
    },
    finding.state !== 'waived' &&
      !finding.waiverRequest && {
        action: 'waive',
        variant: 'secondary',
        label: t(
          may?.needsApproval
            ? 'pages.drift.detail.askWaiver'
            : 'pages.drift.detail.waive',
        ),
        onPress: props.onWaive,
      },
    {
      action: 'assign',
      variant: 'secondary',
      label: t('pages.drift.detail.assign'),
      onPress: () => setAsking('assign'),
    },
  ];
  const offered = all.flatMap(offer => offer || []);
  const refusals = [
    ...new Set(
      offered
        .map(({ action }) => refusal(action))
        .filter((why): why is Refusal => why !== undefined && why !== 'state'),
    ),
  ];

  return (
    <footer className={styles.drawerActions}>
      {error && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('pages.drift.detail.actionFailed')}
          description={error.message}
        />
      )}
      {offered
        .filter(({ action }) => refusal(action) !== 'state')
        .map(({ action, variant, label, onPress }) => (
          <Button
            key={label}
            variant={variant}
            isDisabled={busy || refusal(action) !== undefined}
            aria-describedby={refusal(action) && hint}
            onPress={onPress}
          >
            {label}
          </Button>
        ))}
      {finding.state === 'acknowledged' && finding.acknowledgedBy && (
        <span className={screen.muted}>
          {t('pages.drift.detail.acknowledgedBy')}{' '}
          <EntityName entityRef={finding.acknowledgedBy} />
        </span>
      )}
      {refusals.length > 0 && (
        <p id={hint} className={styles.refusals}>
          {refusals.map(why => t(`pages.drift.refusal.${why}`)).join(' ')}
        </p>
      )}
      {asking === 'assign' && (
        <AssignDialog
          count={1}
          assignee={finding.assignee ?? ''}
          onClose={() => setAsking(undefined)}
          onAssign={request => settle(api.assignFinding(finding.id, request))}
        />
      )}
      {(asking === 'approve' || asking === 'reject') && (
        <DecideDialog
          decision={asking}
          onClose={() => setAsking(undefined)}
          onDecide={comment =>
            settle(
              asking === 'approve'
                ? api.approveWaiver(finding.id, {
                    comment: comment || undefined,
                    requestedAt: finding.waiverRequest?.requestedAt,
                  })
                : api.rejectWaiver(finding.id, { comment }),
            )
          }
        />
      )}
    </footer>
  );
}

interface Offer {
  action: FindingAction;
  variant: 'primary' | 'secondary';
  label: string;
  onPress(): void;
}
