import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import type { Finding } from '@service-ownership/backstage-plugin-ownership-common';
import {
  EntityName,
  ownershipApiRef,
  reasonOf,
  RelativeTime,
  SeverityLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import { lazy, Suspense, useState } from 'react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Drift.module.css';

const WaiveDialog = lazy(() =>
  import('../pages/drift/WaiveDialog').then(m => ({ default: m.WaiveDialog })),
);
const FindingDetails = lazy(() =>
  import('./FindingDetails').then(m => ({ default: m.FindingDetails })),
);

/**
 * One finding: how bad, what, since when, how to fix it; why it matters, the
 * evidence and the patch on demand. Who may, acknowledges or waives it here.
 *
 * @internal
 */
export function FindingItem(props: {
  finding: Finding;
  mayWaive: boolean;
  reload(): void;
}) {
  const { finding, mayWaive, reload } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const [open, setOpen] = useState(false);
  const [waiving, setWaiving] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const act = async (change: (id: string) => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await change(finding.id);
      reload();
    } catch (error) {
      setProblem(t('drift.card.failed', { reason: reasonOf(error).message }));
    }
    setBusy(false);
  };

  const needsApproval = finding.may?.needsApproval;
  const mayWithdraw =
    finding.may?.withdrawWaiver ?? (mayWaive && finding.state === 'waived');
  const active = finding.state === 'open' || finding.state === 'acknowledged';
  return (
    <div className={styles.finding}>
      <div className={card.row}>
        <SeverityLabel severity={finding.severity} />
        <span className={card.small}>
          {t('drift.card.since')}
          <RelativeTime value={finding.firstSeenAt} />
          {finding.reopenedCount > 0 &&
            ` · ${t('drift.card.reopened', { count: finding.reopenedCount })}`}
          <Handling finding={finding} />
        </span>
      </div>
      <p className={styles.message}>{finding.message}</p>
      <p className={styles.fix}>{finding.remediation}</p>
      <div className={card.actions}>
        <Button
          size="small"
          variant="secondary"
          aria-expanded={open}
          aria-label={`${t(open ? 'drift.card.less' : 'drift.card.details')}: ${
            finding.message
          }`}
          onPress={() => setOpen(!open)}
        >
          {t(open ? 'drift.card.less' : 'drift.card.details')}
        </Button>
        {mayWaive && finding.state === 'open' && (
          <Button
            size="small"
            variant="tertiary"
            isPending={busy}
            onPress={() => act(id => api.acknowledgeFinding(id))}
          >
            {t('drift.card.acknowledge')}
          </Button>
        )}
        {mayWaive && active && !finding.waiverRequest && (
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setWaiving(true)}
          >
            {t(needsApproval ? 'drift.card.askWaiver' : 'drift.card.waive')}
          </Button>
        )}
        {mayWithdraw && (
          <Button
            size="small"
            variant="tertiary"
            isPending={busy}
            onPress={() => act(id => api.withdrawWaiver(id))}
          >
            {t(
              finding.state === 'waived'
                ? 'drift.card.withdraw'
                : 'drift.card.withdrawRequest',
            )}
          </Button>
        )}
        <span role="status" className={card.small}>
          {problem}
        </span>
      </div>
      <Suspense fallback={null}>
        {open && <FindingDetails finding={finding} />}
        {waiving && (
          <WaiveDialog
            count={1}
            needsApproval={needsApproval}
            onClose={() => setWaiving(false)}
            onWaive={async request => {
              await api.waiveFinding(finding.id, request);
              setWaiving(false);
              reload();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

function Handling(props: { finding: Finding }) {
  const { state, acknowledgedBy, waiver, waiverRequest, snoozedUntil } =
    props.finding;
  const { t } = useTranslationRef(ownershipTranslationRef);
  if (waiverRequest) {
    return (
      <>
        {' · '}
        {t('drift.card.requestedBy')}
        <EntityName entityRef={waiverRequest.requestedBy} />
        {t('drift.card.requestedUntil')}
        <RelativeTime value={waiverRequest.expiresAt} />: {waiverRequest.reason}
      </>
    );
  }
  if (state === 'waived' && waiver) {
    return (
      <>
        {' · '}
        {t('drift.card.waivedUntil')}
        <RelativeTime value={waiver.expiresAt} />: {waiver.reason}
      </>
    );
  }
  if (state === 'snoozed' && snoozedUntil) {
    return (
      <>
        {' · '}
        {t('drift.card.snoozedUntil')}
        <RelativeTime value={snoozedUntil} />
      </>
    );
  }
  if (state === 'acknowledged' && acknowledgedBy) {
    return (
      <>
        {' · '}
        {t('drift.card.acknowledgedBy')}
        <EntityName entityRef={acknowledgedBy} />
      </>
    );
  }
  return null;
}
