import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  buildDirectory,
  type Directory,
  type EntityOwnership,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { ComponentDocument } from '../drift/ComponentDocument';

/** A component of a test, as the scan would have stored it. */
export interface TestComponent {
  name: string;
  kind?: string;
  /** Full refs. */
  owners: string[];
  tier?: string;
  state?: EntityOwnership['state'];
  system?: string;
  domain?: string;
  reviewDueAt?: string;
  runbookReviewDueAt?: string;
  document?: Partial<ComponentDocument>;
  /** Open findings: a rule id and its severity. */
  findings?: Array<{
    ruleId: string;
    severity: 'critical' | 'high' | 'medium' | 'low';
    state?: string;
    waiverExpiresAt?: string;
  }>;
}

/** A database with all tables. */
export async function migratedDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(id);
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@service-ownership/backstage-plugin-ownership-backend',
      'migrations',
    ),
  });
  return knex;
}

/** A directory of groups `{ name: { parent, members } }` in the default namespace. */
export function testDirectory(
  groups: Record<string, { parent?: string; members?: string[] }>,
): Directory {
  const entity = (kind: string, name: string, spec: Entity['spec']) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', title: `The ${name}` },
    spec,
  });
  const users = new Set(Object.values(groups).flatMap(g => g.members ?? []));
  return buildDirectory({
    entities: [
      ...[...users].map(name =>
        entity('User', name, {
          memberOf: Object.keys(groups).filter(group =>
            groups[group].members?.includes(name),
          ),
          profile: { email: `${name}@example.org` },
        }),
      ),
      ...Object.entries(groups).map(([name, { parent }]) =>
        entity('Group', name, { type: 'team', parent, children: [] }),
      ),
    ],
  });
}

/** Writes what a scan would have written. */
export async function writeOrganisation(
  knex: Knex,
  options: { directory: Directory; components: TestComponent[]; at?: string },
): Promise<void> {
  const { directory, components, at = '2026-11-20T08:00:00.000Z' } = options;
  const principals = [...directory.principals()];
  for (const principal of principals) {
    await knex('directory_principals').insert({
      ref: principal.ref,
      kind: principal.kind,
      title: principal.title,
      email: principal.email ?? null,
      active: principal.active,
      parent_ref: principal.parent ?? null,
      type: principal.type ?? null,
      member_count: principal.memberCount,
      active_member_count: principal.activeMemberCount,
    });
    if (principal.kind === 'group') {
      const below = [principal.ref, ...directory.descendants(principal.ref)];
      await knex('directory_closure').insert(
        below.map((ref, index) => ({
          ancestor_ref: principal.ref,
          descendant_ref: ref,
          depth: index ? 1 : 0,
        })),
      );
    }
  }
  for (const component of components) {
    await writeComponent(knex, { directory, component, at });
  }
}

async function writeComponent(
  knex: Knex,
  options: { directory: Directory; component: TestComponent; at: string },
): Promise<void> {
  const { directory, component, at } = options;
  const { name, kind = 'Component', owners } = component;
  const ref = `${kind.toLowerCase()}:default/${name}`;
  const document: ComponentDocument = {
    owners: owners.map(owner => {
      const principal = directory.get(owner);
      return {
        ref: owner,
        title: principal?.title ?? owner,
        resolves: principal !== undefined,
        memberCount: principal?.memberCount ?? 0,
      };
    }),
    contract: { provenance: {} },
    contractStatus: 'missing',
    contractProblems: [],
    contractSources: [],
    titles: {},
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name, namespace: 'default' },
      spec: { owner: owners[0] },
    },
    ...component.document,
  };
  await knex('components').insert({
    entity_ref: ref,
    kind,
    namespace: 'default',
    name,
    title: `The ${name}`,
    tier: component.tier ?? null,
    system_ref: component.system ?? null,
    domain_ref: component.domain ?? null,
    state: component.state ?? 'owned',
    state_since: at,
    state_reason: 'Because.',
    review_due_at: component.reviewDueAt ?? null,
    runbook_review_due_at: component.runbookReviewDueAt ?? null,
    fingerprint: name,
    document: JSON.stringify(document),
  });
  for (const owner of owners) {
    await knex('component_owners').insert({
      entity_ref: ref,
      owner_ref: owner,
    });
  }
  for (const finding of component.findings ?? []) {
    await knex('findings').insert({
      id: `${finding.ruleId}:${ref}`,
      rule_id: finding.ruleId,
      entity_ref: ref,
      severity: finding.severity,
      severity_rank: ['critical', 'high', 'medium', 'low'].indexOf(
        finding.severity,
      ),
      state: finding.state ?? 'open',
      message: `${finding.ruleId} fails`,
      remediation: 'Mend it.',
      evidence: '[]',
      first_seen_at: at,
      waiver_reason: finding.waiverExpiresAt ? 'For now' : null,
      waiver_requested_by: finding.waiverExpiresAt ? 'user:default/ada' : null,
      waiver_expires_at: finding.waiverExpiresAt ?? null,
    });
  }
}

/** Runs something and gives the SQL statements it took. */
export async function countingStatements<T>(
  knex: Knex,
  run: () => Promise<T>,
): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const note = ({ sql }: { sql: string }) => statements.push(sql);
  knex.on('query', note);
  try {
    return { result: await run(), statements };
  } finally {
    knex.removeListener('query', note);
  }
}
