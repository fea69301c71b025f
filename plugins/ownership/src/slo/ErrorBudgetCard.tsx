import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import card from '../entity/Card.module.css';
import { OwnershipFrame } from '../entity/OwnershipFrame';
import { PagesLink } from '../entity/PagesLink';
import { ownershipTranslationRef } from '../translation';
import { NoSlo } from './NoSlo';
import { SloRow } from './SloRow';

const SHOWN = 3;

/**
 * The SLOs of the entity, worst first: what is left of each error budget and
 * how long it lasts.
 *
 * @internal
 */
export function ErrorBudgetCard() {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <OwnershipFrame
      title={t('slo.card.title')}
      errorTitle={t('slo.card.errorTitle')}
      skeleton={[{ height: 52 }, { height: 52 }, { height: 52 }]}
      footer={({ entityRef, slos }) =>
        slos.length > 0 && (
          <PagesLink
            to={`slos?entityRef=${encodeURIComponent(entityRef)}`}
            hideWithoutPages
          >
            {t('slo.card.all')}
          </PagesLink>
        )
      }
    >
      {ownership =>
        ownership.slos.length === 0 ? (
          <NoSlo ownership={ownership} />
        ) : (
          <Rows slos={ownership.slos} />
        )
      }
    </OwnershipFrame>
  );
}

function Rows(props: { slos: SloStatus[] }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const [all, setAll] = useState(false);
  const slos = worstFirst(props.slos);
  const hidden = slos.length - SHOWN;
  return (
    <>
      <ul className={`${card.plainList} ${card.divided}`}>
        {slos.slice(0, all ? undefined : SHOWN).map(slo => (
          <li key={slo.slo}>
            <SloRow slo={slo} />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={all}
          onPress={() => setAll(!all)}
        >
          {all ? t('slo.card.fewer') : t('slo.card.more', { count: hidden })}
        </Button>
      )}
    </>
  );
}

const order: ReadonlyArray<SloStatus['state']> = [
  'breached',
  'at-risk',
  'no-data',
  'partial',
  'no-traffic',
  'met',
];

function worstFirst(slos: SloStatus[]): SloStatus[] {
  const left = (slo: SloStatus) => slo.budget?.remaining ?? 1;
  return [...slos].sort(
    (a, b) =>
      order.indexOf(a.state) - order.indexOf(b.state) || left(a) - left(b),
  );
}
