import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Provenance } from '@service-ownership/backstage-plugin-ownership-common';
import { TeamLink } from '@service-ownership/backstage-plugin-ownership-react';
import { Contacts } from '../directory/Contacts';
import { PersonName } from '../directory/PersonName';
import card from '../entity/Card.module.css';
import { Name } from '../entity/Names';
import { ownershipTranslationRef } from '../translation';
import type { ChapterProps } from './chapters';
import styles from './Contract.module.css';
import { contractMessages } from './messages';
import { ProvenanceMark } from './ProvenanceMark';
import { Part, Section } from './Section';

/**
 * The team, the captain, who does and decides what, and how to reach them.
 *
 * @internal
 */
export function PeopleChapter(props: ChapterProps) {
  const { entityRef, owners, captain, contract, titles } = props.ownership;
  const { provenance, responsibilities, decisionRights, contacts } = contract;
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <Section id={props.id} title={t('contract.section.people')}>
      <dl className={styles.pairs}>
        <dt>{t('contract.people.team')}</dt>
        <dd>
          {owners.length === 0
            ? t('contract.people.nobody')
            : owners.map(owner => (
                <div key={owner.ref} className={card.row}>
                  <TeamLink
                    entityRef={owner.ref}
                    title={owner.resolves ? owner.title : owner.ref}
                    resolves={owner.resolves}
                  />
                  <ProvenanceMark
                    of={{
                      source: 'catalog',
                      location: 'relations.ownedBy',
                      entityRef,
                    }}
                  />
                </div>
              ))}
        </dd>
        {captain && (
          <>
            <dt>{t('contract.people.captain')}</dt>
            <dd className={card.row}>
              <PersonName person={captain} />
              <span className={card.small}>
                {t('contract.people.captainHint')}
              </span>
              <ProvenanceMark of={provenance.captain} />
            </dd>
          </>
        )}
      </dl>
      {contacts && contacts.length > 0 && (
        <Part
          title={t('contract.section.contacts')}
          provenance={provenance.contacts}
        >
          <Contacts contacts={contacts} />
        </Part>
      )}
      <Assignments
        title={t('contract.people.responsibilities')}
        note={t('contract.people.responsibilitiesRest')}
        assignments={responsibilities}
        titles={titles}
        provenance={provenance.responsibilities}
      />
      <Assignments
        title={t('contract.people.decisions')}
        assignments={decisionRights}
        titles={titles}
        provenance={provenance.decisionRights}
      />
    </Section>
  );
}

function Assignments(props: {
  title: string;
  note?: string;
  assignments: Record<string, string> | undefined;
  titles: Record<string, string>;
  provenance?: Provenance;
}) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const entries = Object.entries(props.assignments ?? {});
  if (entries.length === 0) {
    return null;
  }
  return (
    <Part title={props.title} provenance={props.provenance}>
      <dl className={styles.pairs}>
        {entries.map(([area, ref]) => (
          <div key={area} style={{ display: 'contents' }}>
            <dt>
              {isKnownArea(area) ? t(`contract.people.areas.${area}`) : area}
            </dt>
            <dd>
              <Name entityRef={ref} titles={props.titles} />
            </dd>
          </div>
        ))}
      </dl>
      {props.note && <p className={card.small}>{props.note}</p>}
    </Part>
  );
}

type KnownArea = keyof typeof contractMessages.people.areas;

function isKnownArea(area: string): area is KnownArea {
  return Object.hasOwn(contractMessages.people.areas, area);
}
