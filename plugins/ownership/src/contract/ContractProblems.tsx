import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  EntityOwnership,
  Problem,
} from '@service-ownership/backstage-plugin-ownership-common';
import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Contract.module.css';

/**
 * Why the contract is not in force, problem by problem with its place. Warnings
 * of a valid contract are listed as well.
 *
 * @internal
 */
export function ContractProblems(props: { ownership: EntityOwnership }) {
  const { contractStatus, contractProblems } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const next = {
    valid: undefined,
    missing: undefined,
    invalid: t('contract.problems.next'),
    duplicate: t('contract.problems.duplicate'),
    unreadable: t('contract.problems.unreadable'),
  }[contractStatus];
  if (!next && contractProblems.length === 0) {
    return null;
  }
  return (
    <div
      className={`${card.notice} ${styles.part} ${toneClass(
        contractStatus === 'invalid' ? 'bad' : 'warning',
      )}`}
    >
      <div>
        <p className={card.strong}>
          {contractProblems.length > 0
            ? t('contract.problems.title', { count: contractProblems.length })
            : t(`contract.status.${contractStatus}`)}
        </p>
        {next && <p>{next}</p>}
        <ul className={styles.problems}>
          {contractProblems.map((problem, index) => (
            <li key={index}>
              <span className={styles.place}>
                {problem.path || t('contract.problems.document')}
              </span>{' '}
              <Position problem={problem} />
              <br />
              {problem.message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Position(props: { problem: Problem }) {
  const { line, column } = props.problem;
  const { t } = useTranslationRef(ownershipTranslationRef);
  if (line === undefined) {
    return null;
  }
  return (
    <span className={card.small}>
      {column === undefined
        ? t('contract.problems.line', { line: String(line) })
        : t('contract.problems.lineColumn', {
            line: String(line),
            column: String(column),
          })}
    </span>
  );
}
