import { relationTargets } from '../relationTargets';
import type { DriftRule } from '../types';
import { lastingComponents, runningComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

const DATA_EXAMPLE = `spec:
  ownershipContract:
    data:
      - name: orders
        classification: confidential
        sourceOfTruth: true
        schemaApprover: group:default/payments
`;

/**
 * Rules about what others rely on: data and interfaces.
 *
 * @internal
 */
export const promiseRules: DriftRule[] = [
  {
    id: 'data-unclassified',
    title: 'Data has no classification',
    why: 'Nobody can tell who may see it, how long to keep it and what to do when it leaks.',
    fix: 'Classify the data in the contract as public, internal, confidential or restricted.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: runningComponents,
    example: DATA_EXAMPLE,
    evaluate(facts) {
      const { data = [] } = facts.effective;
      const open = data.filter(({ classification }) => !classification);
      if (open.length === 0) {
        return (
          contractUnreadable(facts) ?? {
            status: 'pass',
            notAsked: data.length === 0,
          }
        );
      }
      return {
        status: 'fail',
        message: `${names(open)} ${
          open.length === 1 ? 'has' : 'have'
        } no classification`,
        evidence: open.map(({ name }) =>
          contractEvidence(facts, {
            field: 'data',
            label: name,
            value: 'no classification',
          }),
        ),
        remediation: `Add a classification under data in ${contractPlace(
          facts,
        )}.`,
      };
    },
  },
  {
    id: 'data-no-approver',
    title: 'Nobody approves changes of a schema',
    why: 'It is the source of truth for this data. A change of its schema that nobody has to approve breaks those who read it.',
    fix: 'Name who approves as `schemaApprover` of the data, or once for all under `decisionRights.schemaChange`.',
    severity: 'low',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: runningComponents,
    example: DATA_EXAMPLE,
    evaluate(facts) {
      const { data = [], decisionRights, responsibilities } = facts.effective;
      const truths = data.filter(({ sourceOfTruth }) => sourceOfTruth);
      const forAll =
        decisionRights?.schemaChange ?? responsibilities?.schemaChanges;
      const open = truths.filter(({ schemaApprover }) => !schemaApprover);
      if (open.length === 0 || forAll) {
        return (
          contractUnreadable(facts) ?? {
            status: 'pass',
            notAsked: truths.length === 0,
          }
        );
      }
      return {
        status: 'fail',
        message: `Nobody is named to approve changes of ${names(open)}`,
        evidence: open.map(({ name }) =>
          contractEvidence(facts, {
            field: 'data',
            label: name,
            value: 'source of truth, no schemaApprover',
          }),
        ),
        remediation: `Add schemaApprover under data in ${contractPlace(
          facts,
        )}.`,
      };
    },
  },
  {
    id: 'interface-no-compatibility',
    title: 'An interface promises nothing to those who use it',
    why: 'Others build on the API and do not know whether their code still works after the next release.',
    fix: 'Say under `interfaces` in the contract which compatibility the API keeps, and how long before a removal people are told.',
    severity: 'low',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: lastingComponents,
    example: `spec:
  ownershipContract:
    interfaces:
      - api: api:default/checkout
        versioning: semver
        compatibility: backward
        deprecationNotice: P90D
`,
    evaluate(facts) {
      // Who has no contract is not asked for a part of one.
      if (facts.contract.status === 'missing') {
        return { status: 'pass', notAsked: true };
      }
      const provided = relationTargets(facts.entity, 'providesApi');
      const promises = new Map(
        (facts.effective.interfaces ?? []).map(one => [
          one.api,
          one.compatibility,
        ]),
      );
      const apis = [...new Set([...provided, ...promises.keys()])];
      if (apis.length === 0) {
        return { status: 'pass', notAsked: true };
      }
      const open = apis.filter(api => (promises.get(api) ?? 'none') === 'none');
      return (
        contractUnreadable(facts) ??
        (open.length === 0
          ? { status: 'pass' }
          : {
              status: 'fail',
              message: `Nothing says how ${open.slice(0, 3).join(', ')} ${
                open.length === 1 ? 'stays' : 'stay'
              } compatible`,
              evidence: open.map(api =>
                contractEvidence(facts, {
                  field: 'interfaces',
                  label: api,
                  value: promises.get(api) ?? 'no promise',
                }),
              ),
              remediation: `Add ${open
                .slice(0, 3)
                .join(
                  ', ',
                )} with its compatibility under interfaces in ${contractPlace(
                facts,
              )}.`,
            })
      );
    },
  },
];

function names(data: ReadonlyArray<{ name: string }>): string {
  const more = data.length > 3 ? ` and ${data.length - 3} more` : '';
  return `${data
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ')}${more}`;
}
