import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import {
  BudgetBar,
  formatShare,
  RelativeTime,
  SloAlertLabel,
  SloStateLabel,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { durationWords } from '../entity/durationWords';
import { PagesLink } from '../entity/PagesLink';
import { DataTable } from '../pages/screen/DataTable';
import { sloPath } from '../pages/slo/sloPath';
import { ownershipTranslationRef } from '../translation';
import type { ChapterProps } from './chapters';
import styles from './Contract.module.css';
import { Part, Section } from './Section';

/**
 * The SLOs with how they stand, and what happens when a budget runs low.
 *
 * @internal
 */
export function SlosChapter(props: ChapterProps) {
  const { contract, slos } = props.ownership;
  const { errorBudgetPolicy = [], provenance } = contract;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const share = (ratio: number) => formatShare({ ratio, language });
  return (
    <Section
      id={props.id}
      title={t('contract.section.slos')}
      provenance={provenance.slos}
    >
      {slos.length === 0 ? (
        <p className={`${card.text} ${card.muted}`}>
          {t('contract.slos.none')}
        </p>
      ) : (
        <DataTable
          caption={t('contract.slos.caption')}
          rows={slos}
          rowKey={slo => slo.slo}
          rowName={slo => slo.title}
          columns={[
            {
              id: 'name',
              header: t('contract.slos.name'),
              cell: slo => (
                <>
                  <PagesLink to={sloPath(slo)}>{slo.title}</PagesLink>
                  {slo.description && (
                    <div className={card.small}>{slo.description}</div>
                  )}
                </>
              ),
            },
            {
              id: 'target',
              header: t('contract.slos.target'),
              align: 'end',
              cell: slo => (
                <span className={card.number}>
                  {share(slo.objective)}
                  {' / '}
                  {durationWords({ duration: slo.window.duration, language })}
                </span>
              ),
            },
            {
              id: 'state',
              header: t('contract.slos.state'),
              cell: slo => (
                <>
                  <SloStateLabel state={slo.state} />
                  <div>
                    <SloAlertLabel slo={slo} />
                  </div>
                </>
              ),
            },
            {
              id: 'left',
              header: t('contract.slos.left'),
              cell: slo =>
                slo.budget && <BudgetBar remaining={slo.budget.remaining} />,
            },
          ]}
        />
      )}
      {errorBudgetPolicy.length > 0 && (
        <Part
          title={t('contract.slos.policy')}
          provenance={provenance.errorBudgetPolicy}
        >
          <ul className={styles.policy}>
            {errorBudgetPolicy.map(({ when, action, description }, index) => (
              <li key={index}>
                <span className={card.muted}>
                  {when.remainingBelow <= 0
                    ? t('contract.slos.exhausted')
                    : t('contract.slos.below', {
                        share: share(when.remainingBelow),
                      })}
                </span>
                <span className={card.strong}>{action}</span>
                <div className={card.text}>
                  {description}
                  <InForce
                    slos={slos}
                    action={action}
                    remainingBelow={when.remainingBelow}
                  />
                </div>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </Section>
  );
}

/** The SLOs for which a line of the policy applies now, and since when. */
function InForce(props: {
  slos: SloStatus[];
  action: string;
  remainingBelow: number;
}) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const concerned = props.slos.flatMap(slo => {
    const applied = slo.policyActions?.find(
      ({ action, remainingBelow }) =>
        action === props.action && remainingBelow === props.remainingBelow,
    );
    return applied ? [{ slo, since: applied.since }] : [];
  });
  return (
    <>
      {concerned.map(({ slo, since }) => (
        <div key={slo.slo} className={card.strong}>
          {t('contract.slos.inForce', { slo: slo.title })}{' '}
          {since && <RelativeTime value={since} />}
        </div>
      ))}
    </>
  );
}
