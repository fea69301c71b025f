import { hash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';
import {
  normalizeRef,
  plainText,
  reviewDueAt,
  runbookReviewDueAt,
  sourceRepository,
  type ComponentFacts,
  type EffectiveContract,
  type Evaluation,
  type Person,
  type TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import { groupingsOf } from '../../directory/groupingsOf';
import type { Organisation } from '../../directory/readOrganisation';
import type { ComponentDocument } from '../ComponentDocument';
import { columnText } from '../store/columnText';
import type { ComponentRow } from '../store/ComponentRow';

// A hostile file has a problem in every line; nobody reads more than these.
const MAX_PROBLEMS = 100;

/**
 * Writes up one judged component for the entity page and the lists: its row
 * but for the moment it came into its state, and its owners. The same facts
 * give the same row, to the letter: the fingerprint tells whether anything
 * has to be written.
 */
export function describeComponent(options: {
  facts: ComponentFacts;
  verdict: Pick<Evaluation, 'state' | 'stateReason'>;
  organisation: Organisation;
  requirements: (tier: EffectiveContract['tier']) => TierRequirements;
  suggestedOwners?: ComponentDocument['suggestedOwners'];
}): { row: Omit<ComponentRow, 'state_since'>; ownerRefs: string[] } {
  const { facts, verdict, organisation, requirements } = options;
  const { entity, entityRef, effective, contract } = facts;
  const [namespace, name] = entityRef
    .slice(entityRef.indexOf(':') + 1)
    .split('/');

  const { systemRef, domainRef } = groupingsOf(entity, organisation);
  const required = requirements(effective.tier);
  const due = reviewDueAt(effective, {
    requirements: required,
  })?.toISOString();
  const document: ComponentDocument = {
    owners: facts.owners.map(({ ref, title, resolves, memberCount }) => ({
      ref,
      title,
      resolves,
      memberCount,
    })),
    captain: describeCaptain(effective, organisation),
    contract: effective,
    contractStatus: contract.status,
    contractProblems: [...contract.errors, ...contract.warnings].slice(
      0,
      MAX_PROBLEMS,
    ),
    contractSources: contract.sources.slice(0, MAX_PROBLEMS),
    review: effective.review && {
      reviewedAt: effective.review.reviewedAt,
      reviewedBy: effective.review.reviewedBy,
      dueAt: due,
    },
    titles: titlesOf({ ...options, systemRef, domainRef }),
    suggestedOwners: options.suggestedOwners,
    entity: basicsOf(entity, effective),
  };

  const text = (value: string | undefined, max: number) =>
    value === undefined ? null : columnText(value, max);
  const row = {
    entity_ref: entityRef,
    kind: columnText(entity.kind, 63),
    namespace: columnText(namespace, 63),
    name: columnText(name, 63),
    title: text(readTitle(entity), 500),
    tier: text(effective.tier, 20),
    lifecycle: text(effective.lifecycle, 100),
    system_ref: text(systemRef, 300),
    domain_ref: text(domainRef, 300),
    repository: text(sourceRepository(entity), 500),
    state: verdict.state,
    state_reason: columnText(verdict.stateReason, 2000),
    review_due_at: due ?? null,
    runbook_review_due_at: text(
      runbookReviewDueAt({
        runbooks: effective.runbooks,
        staleAfterDays: required.runbookStaleAfterDays,
      })?.toISOString(),
      24,
    ),
    document: JSON.stringify(document),
  };
  const ownerRefs = facts.owners
    .map(({ ref }) => columnText(ref, 300))
    .filter(Boolean)
    .sort();
  const { document: written, ...columns } = row;
  return {
    row: { ...row, fingerprint: fingerprintOf([columns, ownerRefs], written) },
    ownerRefs,
  };
}

function describeCaptain(
  effective: EffectiveContract,
  { directory }: Organisation,
): Person | undefined {
  const written = effective.captain;
  if (!written) {
    return undefined;
  }
  const ref = normalizeRef(written, { kind: 'user' }) ?? written;
  const user = directory.get(ref);
  return {
    ref,
    title: user?.title ?? nameOf(ref),
    email: user?.email,
    picture: user?.picture,
    resolves: user !== undefined,
  };
}

/** Titles of all principals, systems and domains that the document names. */
function titlesOf(options: {
  facts: ComponentFacts;
  organisation: Organisation;
  systemRef?: string;
  domainRef?: string;
  suggestedOwners?: ComponentDocument['suggestedOwners'];
}): Record<string, string> {
  const { facts, organisation } = options;
  const { directory, groupings } = organisation;
  const contract = facts.effective;
  // Without a prototype: every component names others, and an object that is
  // given keys nobody had before is slow to grow.
  const titles: Record<string, string> = Object.create(null);
  const name = (ref: string | undefined) => {
    const title =
      ref && (groupings.get(ref)?.title ?? directory.get(ref)?.title);
    if (title) {
      titles[ref] = title;
    }
  };
  name(options.systemRef);
  name(options.domainRef);
  facts.owners.forEach(({ ref }) => name(ref));
  name(contract.captain);
  name(contract.review?.reviewedBy);
  Object.values(contract.responsibilities ?? {}).forEach(name);
  Object.values(contract.decisionRights ?? {}).forEach(name);
  contract.escalation?.forEach(({ to }) => name(to));
  contract.onCall?.rotation?.participants?.forEach(name);
  contract.access?.mitigators?.forEach(name);
  contract.data?.forEach(({ schemaApprover, readers, writers }) => {
    name(schemaApprover);
    readers?.forEach(name);
    writers?.forEach(name);
  });
  options.suggestedOwners?.forEach(({ ref }) => name(ref));
  return titles;
}

const LOCATIONS = [
  'backstage.io/managed-by-location',
  'backstage.io/managed-by-origin-location',
];

const ANNOTATION = 'metadata.annotations.';

/**
 * What a ready-made contract or a patch is written from. Of the annotations
 * only the file and those a contract field was read from: others change with every run of some robot,
 * or are nobody's business here.
 */
function basicsOf(
  entity: Entity,
  effective: EffectiveContract,
): ComponentDocument['entity'] {
  const { metadata, spec } = entity;
  const kept = new Set(LOCATIONS);
  for (const { location } of Object.values(effective.provenance)) {
    if (location.startsWith(ANNOTATION)) {
      kept.add(location.slice(ANNOTATION.length));
    }
  }
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([key]) => kept.has(key),
  );
  const links = Array.isArray(metadata.links) ? metadata.links : [];
  return {
    apiVersion: entity.apiVersion,
    kind: entity.kind,
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace ?? 'default',
      title: readTitle(entity),
      description: readText(metadata.description)?.slice(0, 2000),
      annotations: Object.fromEntries(annotations),
      links: links
        .slice(0, 100)
        .filter(link => typeof link?.url === 'string' && link.url.length < 2000)
        .map(({ url, title, type }) => ({
          url,
          title: readText(title),
          type: readText(type),
        })),
    },
    spec: {
      type: readText(spec?.type),
      lifecycle: readText(spec?.lifecycle),
      owner: readText(spec?.owner),
      system: readText(spec?.system),
    },
  };
}

/** A name among others on a page or in a line: nothing in it hides or turns them. */
function readTitle({ metadata }: Entity): string | undefined {
  return plainText(readText(metadata.title), { max: 500 }) || undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}

// The document is JSON already: writing it as JSON once more would double it.
function fingerprintOf(columns: unknown, document: string): string {
  return hash('sha256', `${JSON.stringify(columns)}\n${document}`);
}
