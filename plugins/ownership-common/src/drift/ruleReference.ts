import { stringify } from 'yaml';
import { driftRules } from './driftRules';
import { lastingComponents, runningComponents } from './rules/appliesTo';
import type { DriftRule } from './types';

const INTRODUCTION = `# Rules

A rule looks at what is known of a component and says \`pass\`, \`fail\` or
\`unknown\`. A rule that fails opens a finding; it is closed when the rule
passes. \`unknown\` (a source is down, a team is missing only since minutes) opens
and closes nothing.

One cause opens one finding. A component whose owner is gone has the finding
that says so, and no others about what only an owner could put right; a missing
contract is not also a missing captain. What is held back so is listed as
"Hidden by" below.

## Who is asked

- **Everything**: whatever kinds the portal puts under ownership: Component,
  System, API and Resource unless configured otherwise.
- **Running components**: Components that are not of type \`library\` or
  \`documentation\` and not of lifecycle \`experimental\`, \`prototype\` or
  \`sandbox\`.
- **Lasting components**: running components that are not of lifecycle
  \`deprecated\`, \`retired\`, \`end-of-life\` or \`archived\`.

Which captain, rotation, runbooks and SLOs a component needs is told by its tier:
see [What each tier asks for](contract-reference.md#what-each-tier-asks-for).
Without a tier it needs none of them.

## Configuration

Every rule can be switched off, weighed otherwise, or asked of other entities:

\`\`\`yaml title="app-config.yaml"
ownership:
  drift:
    rules:
      owner-not-a-team: false
      contract-missing:
        severity: medium
        # A Backstage filter predicate instead of who is asked by default
        appliesTo: { kind: Component, spec.type: service }
      owner-placeholder:
        parameters:
          additionalPatterns: ['group:default/parking-*']
\`\`\`

A severity set here holds for every component; without it a rule may find a
single case better or worse, and says so below. Unknown rules, settings and
parameters stop the start with a message that names them.

## Rules of your own

A rule of your own is a filter predicate over the entity and a sentence. It stands
beside the others in reports, scorecards, waivers and on the Rules page, and
\`rules\` can change it by its id:

\`\`\`yaml title="app-config.yaml"
ownership:
  drift:
    customRules:
      - id: pager-missing
        title: No pager is connected
        why: Whoever is called looks for the key first.
        fix: Add the annotation of the pager to the catalog file.
        severity: medium
        appliesTo: { kind: Component, spec.type: service }
        # Keys with dots work as they are written
        failsWhen:
          metadata.annotations.pagerduty.com/integration-key: { $exists: false }
        message: '{{ metadata.name }} has no pager'
        remediation: 'Add pagerduty.com/integration-key to {{ metadata.name }}.'
        docs: https://handbook.example.org/paging
\`\`\`

\`passesWhen\` in place of \`failsWhen\` says when it is right. A predicate looks at
\`kind\`, \`apiVersion\`, \`relations\` and paths below \`metadata\`, \`spec\` and
\`status\`; \`{{ … }}\` names \`kind\`, \`apiVersion\` or a path below \`metadata\` or
\`spec\`, nothing else. The rule waits while nobody answers for the component. What a
predicate cannot say is written in code: see the extension point
\`ownershipDriftRulesExtensionPoint\`. A rule that breaks says \`unknown\`, disturbs no
other, and is reported in the log and on the Rules page.

## Before you change a rule

The Rules page and \`service-ownership drift dry-run\` try a change on the catalogue
as it is now: what would open, what would close, which components would change
their state. Nothing is written. It needs the permission \`ownership.scan.run\`.
Of an app-config \`rules\`, \`customRules\` and what \`ownership.tiers\` ask for are
tried: the grace period and the rest stay as they are configured.

## Renamed groups

A team that was renamed need not orphan what it owns until every file follows. Let
the old ref stand for the new one, on the Drift page grouped by owner reference, by
\`PUT /directory/aliases\` (permission \`ownership.alias.manage\`), or here:

\`\`\`yaml title="app-config.yaml"
ownership:
  directory:
    aliases:
      group:default/falcon: group:default/kestrel
\`\`\`

The old ref then resolves everywhere: owners, captains, escalations, rotations,
reports. [owner-renamed](#owner-renamed) stays until the YAML says the new one. A
group that is in the catalog speaks for itself, whatever alias it has; an alias may
lead to another; one that leads nowhere has no effect and says so. The list on the
Drift page also says of which alias no component says the old ref any more: it can
be removed.

## Catalogue
`;

const SEVERITY_NOTES: Record<string, string> = {
  'owner-placeholder': 'critical where nobody else answers for it',
  'contract-missing': 'medium for tier-1 and tier-2',
  'slo-missing':
    'low where the objectives that can be read are enough for the tier',
};

/**
 * The page of the documentation that explains every rule, as Markdown.
 *
 * @internal
 */
export function ruleReference(): string {
  const rows = driftRules.map(
    ({ id, title, severity, orphans }) =>
      `| [${id}](#${id}) | ${title} | ${severity} | ${orphans ? 'yes' : ''} |`,
  );
  return [
    INTRODUCTION,
    '| Rule | Fails when | Severity | Orphans |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'A component for which a rule with "Orphans" fails is orphaned, unless an owner of',
    'it still answers. One with any other finding of severity critical or high is at',
    'risk, unless the finding is waived.',
    '',
    ...driftRules.map(describeRule),
  ].join('\n');
}

function describeRule(rule: DriftRule): string {
  const note = SEVERITY_NOTES[rule.id];
  const hiddenBy = [
    ...(rule.consequenceOf ?? []).map(id => `[${id}](#${id})`),
    ...(rule.needsOwner ? ['whatever orphans the component'] : []),
  ];
  return [
    `### ${rule.id}`,
    '',
    `**${rule.title}.** ${rule.why}`,
    '',
    `_How to fix it:_ ${rule.fix}`,
    '',
    `- Severity: ${rule.severity}${note ? `, ${note}` : ''}`,
    ...(rule.enabledByDefault === false ? ['- Off unless switched on'] : []),
    `- Asked of: ${askedOf(rule)}`,
    ...(hiddenBy.length > 0 ? [`- Hidden by: ${hiddenBy.join(', ')}`] : []),
    ...(rule.example ? ['', '```yaml', rule.example.trimEnd(), '```'] : []),
    ...(rule.defaults
      ? [
          '',
          'Parameters and their defaults:',
          '',
          '```yaml',
          stringify(rule.defaults, { lineWidth: 0 }).trimEnd(),
          '```',
        ]
      : []),
    '',
  ].join('\n');
}

function askedOf(rule: DriftRule): string {
  switch (rule.appliesTo) {
    case undefined:
      return 'everything';
    case runningComponents:
      return 'running components';
    case lastingComponents:
      return 'lasting components';
    default:
      return `\`${JSON.stringify(rule.appliesTo)}\``;
  }
}
