import type { Entity } from '@backstage/catalog-model';
import {
  ownerPatch,
  type Finding,
  type FindingDetail,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { ComponentDocument } from '../ComponentDocument';

/**
 * The YAML that mends a finding about the owner: the component with the best
 * suggestion in its place, and why that is suggested. Nothing where the finding
 * is closed or about something else, or where nobody can be suggested.
 */
export function describePatch(options: {
  finding: Finding;
  document: ComponentDocument | undefined;
}): Pick<FindingDetail, 'patch' | 'suggestedOwner'> {
  const { finding, document } = options;
  if (finding.ruleId === 'owner-renamed') {
    return { patch: renamePatch(finding, document) };
  }
  const suggestion = document?.suggestedOwners?.[0];
  if (
    !suggestion ||
    finding.state === 'closed' ||
    !finding.ruleId.startsWith('owner-')
  ) {
    return {};
  }
  const { ref, title, confidence, reason } = suggestion;
  return {
    patch: ownerPatch({ entity: document.entity as Entity, owner: ref }),
    suggestedOwner: { ref, title, confidence, reason },
  };
}

/** The owner is who it was: only what they are called has changed. */
function renamePatch(
  { state, evidence, ownerRefs }: Finding,
  document: ComponentDocument | undefined,
): string | undefined {
  const isOwner = evidence.some(({ label }) => label === 'Declared owner');
  return document && isOwner && state !== 'closed' && ownerRefs.length === 1
    ? ownerPatch({ entity: document.entity as Entity, owner: ownerRefs[0] })
    : undefined;
}
