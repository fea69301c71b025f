import { currentRef } from '../../directory';
import type { ComponentFacts, DriftRule } from '../types';
import { contractEvidence, contractPlace } from './contractEvidence';
import { nameAnOwner, OWNER_EXAMPLE, ownerEvidence } from './ownerEvidence';

/**
 * Whether the files say the refs of today. What an alias heals is healed; this
 * is the note that the file has not followed.
 *
 * @internal
 */
export const renamedRule: DriftRule = {
  id: 'owner-renamed',
  title: 'It says the old name of a team or person',
  why: 'An alias in the portal makes up for it, but whoever reads the file looks for a team that is no longer called so, and other tools do not know the alias.',
  fix: 'Write the new ref into the catalog file or the contract. The alias can go when nothing says the old one.',
  severity: 'low',
  example: OWNER_EXAMPLE,
  evaluate(facts, { directory }) {
    if (facts.unavailable.directory !== undefined) {
      return {
        status: 'unknown',
        reason: `Groups and users could not be read: ${facts.unavailable.directory}`,
      };
    }
    const owners = facts.owners.flatMap(({ writtenAs, ref }) =>
      writtenAs === undefined ? [] : { ref: writtenAs, now: ref },
    );
    const written = contractRefs(facts).map(one => ({
      ...one,
      now: currentRef(directory, one.ref),
    }));
    const renamed = written.filter(({ ref, now }) => ref !== now);
    const [first] = [...owners, ...renamed];
    if (!first) {
      return { status: 'pass' };
    }
    return {
      status: 'fail',
      message: `It says ${first.ref}, which is now ${first.now}`,
      evidence: [
        ...(owners.length > 0 ? ownerEvidence(facts).slice(0, 1) : []),
        ...owners.map(({ ref, now }) => ({
          label: 'Owner',
          value: `${ref}, now ${now}`,
          source: 'catalog, ownedBy relations',
          ref,
        })),
        ...renamed.map(({ field, label, ref, now }) => ({
          ...contractEvidence(facts, {
            field,
            label,
            value: `${ref}, now ${now}`,
          }),
          ref,
        })),
      ],
      remediation:
        owners.length > 0
          ? nameAnOwner(facts, first.now)
          : `Write ${first.now} in place of ${first.ref} in ${contractPlace(
              facts,
            )}.`,
    };
  },
};

function contractRefs({ effective }: Pick<ComponentFacts, 'effective'>): Array<{
  field: string;
  label: string;
  ref: string;
}> {
  const { captain, escalation = [], onCall, responsibilities } = effective;
  const { decisionRights, data = [], access } = effective;
  return [
    ...(captain ? [{ field: 'captain', label: 'Captain', ref: captain }] : []),
    ...escalation.map(({ to }, index) => ({
      field: 'escalation',
      label: `Step ${index + 1} of the escalation`,
      ref: to,
    })),
    ...(onCall?.rotation?.participants ?? []).map(ref => ({
      field: 'onCall',
      label: 'On the rotation',
      ref,
    })),
    ...Object.entries(responsibilities ?? {}).map(([what, ref]) => ({
      field: 'responsibilities',
      label: `Answers for ${what}`,
      ref,
    })),
    ...Object.entries(decisionRights ?? {}).map(([what, ref]) => ({
      field: 'decisionRights',
      label: `Decides on ${what}`,
      ref,
    })),
    ...data.flatMap(({ name, readers = [], writers = [], schemaApprover }) =>
      [
        ...readers.map(ref => ({ label: `Reads ${name}`, ref })),
        ...writers.map(ref => ({ label: `Writes ${name}`, ref })),
        ...(schemaApprover
          ? [{ label: `Approves the schema of ${name}`, ref: schemaApprover }]
          : []),
      ].map(one => ({ ...one, field: 'data' })),
    ),
    ...(access?.mitigators ?? []).map(ref => ({
      field: 'access',
      label: 'May mitigate',
      ref,
    })),
  ];
}
