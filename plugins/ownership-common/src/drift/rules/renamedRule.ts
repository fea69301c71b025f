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
    const owner = facts.owners.find(({ writtenAs }) => writtenAs);
    const written = contractRefs(facts).map(one => ({
      ...one,
      now: currentRef(directory, one.ref),
    }));
    const renamed = written.filter(({ ref, now }) => ref !== now);
    if (!owner && renamed.length === 0) {
      return { status: 'pass' };
    }
    const [from, to] = owner
      ? [owner.writtenAs!, owner.ref]
      : [renamed[0].ref, renamed[0].now];
    return {
      status: 'fail',
      message: `It says ${from}, which is now ${to}`,
      evidence: [
        ...(owner ? ownerEvidence(facts) : []),
        ...renamed.map(({ field, label, ref, now }) =>
          contractEvidence(facts, {
            field,
            label,
            value: `${ref}, now ${now}`,
          }),
        ),
      ],
      remediation: owner
        ? nameAnOwner(facts, owner.ref)
        : `Write ${to} in place of ${from} in ${contractPlace(facts)}.`,
    };
  },
};

function contractRefs({ effective }: Pick<ComponentFacts, 'effective'>): Array<{
  field: string;
  label: string;
  ref: string;
}> {
  const { captain, escalation = [], onCall, responsibilities } = effective;
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
  ];
}
