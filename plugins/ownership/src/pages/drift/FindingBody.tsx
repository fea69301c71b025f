import { Button } from '@backstage/ui';
import {
  CopyBlock,
  EntityName,
  RelativeTime,
  SafeLink,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { FindingDetail } from '@service-ownership/backstage-plugin-ownership-common';
import type { ReactNode } from 'react';
import { patchFileOf } from '../../drift/patchFileOf';
import { CodeWords } from '../screen/CodeWords';
import { useDates } from '../screen/useDates';
import { usePagesTranslation } from '../usePagesTranslation';
import { CommentForm } from './CommentForm';
import { FindingTimeline } from './FindingTimeline';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

/**
 * What is known of one finding, from the remedy to its history.
 *
 * @internal
 */
export function FindingBody(props: {
  finding: FindingDetail;
  /** Asks where a reference that leads nowhere is to lead. */
  onRepoint(ref: string): void;
  onChanged(): void;
}) {
  const { t } = usePagesTranslation();
  const dates = useDates();
  const { finding } = props;
  const { waiver, waiverRequest, rule, suggestedOwner: suggested } = finding;
  // Of several owners the one that leads nowhere is not known here.
  const [owner, ...others] = finding.ownerRefs;
  const broken =
    finding.ruleId === 'owner-unresolvable' &&
    finding.state !== 'closed' &&
    others.length === 0
      ? owner
      : undefined;
  return (
    <>
      {waiver && finding.state === 'waived' && (
        <Part
          title={t('pages.drift.detail.waivedTitle', {
            date: dates.day(waiver.expiresAt),
          })}
        >
          <p>{waiver.reason}</p>
          <p className={screen.small}>
            {t('pages.drift.detail.waivedBy')}{' '}
            <EntityName entityRef={waiver.requestedBy} />
            {waiver.approvedBy && (
              <>
                {', '}
                {t('pages.drift.detail.approvedBy')}{' '}
                <EntityName entityRef={waiver.approvedBy} />
              </>
            )}
          </p>
        </Part>
      )}
      {waiverRequest && (
        <Part
          title={t('pages.drift.detail.requestedTitle', {
            date: dates.day(waiverRequest.expiresAt),
          })}
        >
          <p>{waiverRequest.reason}</p>
          <p className={screen.small}>
            {t('pages.drift.detail.requestedBy')}{' '}
            <EntityName entityRef={waiverRequest.requestedBy} />{' '}
            <RelativeTime value={waiverRequest.requestedAt} />
          </p>
        </Part>
      )}
      <Part title={t('pages.drift.detail.fix')}>
        <p>
          <CodeWords text={finding.remediation || rule.fix} />
        </p>
        {suggested && (
          <p>
            {t('pages.drift.detail.suggested', {
              team: suggested.title,
              percent: Math.round(suggested.confidence * 100),
            })}
            {suggested.reason}
          </p>
        )}
        {finding.patch && (
          <CopyBlock
            label={t('pages.drift.detail.patch')}
            text={finding.patch}
            fileName={patchFileOf(finding.entityRef)}
          />
        )}
        {broken && (
          <>
            <p>{t('pages.drift.alias.hint', { ref: broken })}</p>
            <Button
              className={styles.repointHere}
              size="small"
              variant="secondary"
              aria-label={t('pages.drift.alias.open', { ref: broken })}
              onPress={() => props.onRepoint(broken)}
            >
              {t('pages.drift.alias.openShort')}
            </Button>
          </>
        )}
      </Part>
      <Part title={t('pages.drift.detail.why')}>
        <p>{rule.why}</p>
        <p className={screen.small}>
          <span className={screen.code}>{finding.ruleId}</span>
          {rule.docsUrl && (
            <>
              {' · '}
              <SafeLink href={rule.docsUrl}>
                {t('pages.drift.detail.docs')}
              </SafeLink>
            </>
          )}
        </p>
      </Part>
      {finding.evidence.length > 0 && (
        <Part title={t('pages.drift.detail.evidence')}>
          <Evidence finding={finding} />
        </Part>
      )}
      <dl className={styles.facts}>
        <dt>{t('pages.drift.detail.owner')}</dt>
        <dd>
          {finding.ownerRefs.length === 0
            ? t('pages.drift.detail.noOwner')
            : finding.ownerRefs.map(ref => (
                <div key={ref}>
                  <EntityName entityRef={ref} />
                </div>
              ))}
        </dd>
        {finding.assignee && (
          <>
            <dt>{t('pages.drift.detail.assignee')}</dt>
            <dd>
              <EntityName entityRef={finding.assignee} />
            </dd>
          </>
        )}
        <dt>{t('pages.drift.detail.firstSeen')}</dt>
        <dd>
          <RelativeTime value={finding.firstSeenAt} />
        </dd>
        <dt>{t('pages.drift.detail.lastSeen')}</dt>
        <dd>
          <RelativeTime value={finding.lastSeenAt} />
        </dd>
        {finding.closedAt && (
          <>
            <dt>{t('pages.drift.detail.closed')}</dt>
            <dd>
              <RelativeTime value={finding.closedAt} />
            </dd>
          </>
        )}
      </dl>
      <Part title={t('pages.drift.detail.timeline')}>
        {finding.may?.comment !== false && (
          <CommentForm
            key={finding.id}
            id={finding.id}
            onChanged={props.onChanged}
          />
        )}
        <FindingTimeline
          id={finding.id}
          events={finding.events}
          onChanged={props.onChanged}
        />
      </Part>
    </>
  );
}

function Part(props: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}

function Evidence(props: { finding: FindingDetail }) {
  const { t } = usePagesTranslation();
  return (
    <table className={styles.evidence}>
      <thead>
        <tr>
          <th scope="col">{t('pages.drift.detail.evidenceLabel')}</th>
          <th scope="col">{t('pages.drift.detail.evidenceValue')}</th>
          <th scope="col">{t('pages.drift.detail.evidenceSource')}</th>
        </tr>
      </thead>
      <tbody>
        {props.finding.evidence.map((item, index) => (
          <tr key={index}>
            <th scope="row">{item.label}</th>
            <td className={screen.code}>{item.value}</td>
            <td>
              {item.url ? (
                <SafeLink href={item.url}>{item.source}</SafeLink>
              ) : (
                item.source
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
