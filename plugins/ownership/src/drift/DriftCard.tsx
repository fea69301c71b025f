import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import { severityRank } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  EntityOwnership,
  Finding,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  EmptyState,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import card from '../entity/Card.module.css';
import { OwnershipFrame } from '../entity/OwnershipFrame';
import { PagesLink } from '../entity/PagesLink';
import { ownershipTranslationRef } from '../translation';
import { FindingItem } from './FindingItem';

const SHOWN = 3;

/**
 * What is declared for the entity but not real: worst first, since when, and
 * how to fix it.
 *
 * @internal
 */
export function DriftCard() {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <OwnershipFrame
      title={t('drift.card.title')}
      errorTitle={t('drift.card.errorTitle')}
      skeleton={[{ height: 64 }, { height: 64 }]}
      aside={({ checkedAt }) =>
        checkedAt && (
          <span className={card.small}>
            {t('drift.card.checked')}
            <RelativeTime value={checkedAt} />
          </span>
        )
      }
      footer={({ entityRef, findings }) =>
        findings.length > 0 && (
          <PagesLink
            to={`drift?entityRef=${encodeURIComponent(entityRef)}`}
            hideWithoutPages
          >
            {t('drift.card.list')}
          </PagesLink>
        )
      }
    >
      {(ownership, reload) => (
        <Findings ownership={ownership} reload={reload} />
      )}
    </OwnershipFrame>
  );
}

function Findings(props: { ownership: EntityOwnership; reload(): void }) {
  const { ownership, reload } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const [all, setAll] = useState(false);
  const { active, accepted } = sortFindings(ownership.findings);
  const shown = all ? [...active, ...accepted] : active.slice(0, SHOWN);
  const hidden =
    active.length + accepted.length - Math.min(active.length, SHOWN);
  return (
    <div className={card.stack}>
      {active.length === 0 && (
        <Clean ownership={ownership} accepted={accepted.length} />
      )}
      {shown.length > 0 && (
        <ul className={`${card.plainList} ${card.divided}`}>
          {shown.map(finding => (
            <li key={finding.id}>
              <FindingItem
                finding={finding}
                mayWaive={ownership.may.waive}
                reload={reload}
              />
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <div>
          <Button
            size="small"
            variant="tertiary"
            aria-expanded={all}
            onPress={() => setAll(!all)}
          >
            {moreWords()}
          </Button>
        </div>
      )}
    </div>
  );

  function moreWords() {
    if (all) {
      return t('drift.card.fewer');
    }
    const more = Math.max(0, active.length - SHOWN);
    return [
      ...(more > 0 ? [t('drift.card.more', { count: more })] : []),
      ...(accepted.length > 0
        ? [t('drift.card.waived', { count: accepted.length })]
        : []),
    ].join(' · ');
  }
}

function Clean(props: { ownership: EntityOwnership; accepted: number }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  if (props.accepted > 0) {
    return (
      <EmptyState
        title={t('drift.card.acceptedTitle')}
        description={t('drift.card.acceptedText')}
      />
    );
  }
  return props.ownership.checkedAt ? (
    <EmptyState
      title={t('drift.card.emptyTitle')}
      description={t('drift.card.emptyText')}
    />
  ) : (
    <EmptyState
      title={t('drift.card.neverTitle')}
      description={t('drift.card.neverText')}
    />
  );
}

// Worst first, then oldest; what was accepted for a time comes after.
function sortFindings(findings: Finding[]): {
  active: Finding[];
  accepted: Finding[];
} {
  const sorted = findings
    .filter(({ state }) => state !== 'closed')
    .sort(
      (a, b) =>
        severityRank(a.severity) - severityRank(b.severity) ||
        a.firstSeenAt.localeCompare(b.firstSeenAt),
    );
  const isActive = ({ state }: Finding) =>
    state === 'open' || state === 'acknowledged';
  return {
    active: sorted.filter(isActive),
    accepted: sorted.filter(finding => !isActive(finding)),
  };
}
