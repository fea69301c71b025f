/** @internal */
export const aliasMessages = {
  openShort: 'Point to another team…',
  // Begins as what is on the button: who speaks to the page says that.
  open: 'Point to another team… ({{ref}})',
  title: 'Who answers for {{ref}} now?',
  intro_one:
    'One component names this reference, which leads nowhere. Point it to the team that answers now: a scan starts at once and heals the component, without a change to its file. A finding of low severity stays until the file says the new name.',
  intro_other:
    '{{count, number}} components name this reference, which leads nowhere. Point it to the team that answers now: a scan starts at once and heals them, without a change to their files. A finding of low severity stays on each until its file says the new name.',
  // Where it is not known yet how many they are.
  introAny:
    'This reference leads nowhere. Point it to the team that answers now: a scan starts at once and heals the components that name it, without a change to their files. A finding of low severity stays on each until its file says the new name.',
  suggestionsLoading: 'Looking up who it could be…',
  suggestionsFailed: 'Who it could be cannot be told: {{reason}}',
  nobodySuggested:
    'Nothing in the catalog tells who it could be. Choose the team yourself.',
  suggestionsAgain: 'Try again',
  suggested_one: 'Suggested for its one orphan, {{percent}}\u00a0% sure. ',
  suggested_other:
    'Suggested for {{components, number}} of its {{count, number}} orphans, {{percent}}\u00a0% sure over all. ',
  suggestedOfSampled_one:
    'Suggested for {{components, number}} of the {{count, number}} orphan that was looked at, {{percent}}\u00a0% sure. ',
  suggestedOfSampled_other:
    'Suggested for {{components, number}} of the {{count, number}} orphans that were looked at, {{percent}}\u00a0% sure over those. ',
  // Where it has more orphans than were looked at.
  sampled:
    'Looked at {{orphans, number}} of its {{allOrphans, number}} orphans; the others may tell otherwise.',
  // Both begin as what is on the button: who speaks to the page says that.
  choose: 'Choose {{title}}',
  chosenOne: 'Chosen: {{title}}',
  chooseShort: 'Choose',
  chosen: 'Chosen',
  team: 'Team that answers now',
  comment: 'Why (optional)',
  confirm_one: 'Heal one component',
  confirm_other: 'Heal {{count, number}} components',
  confirmAny: 'Heal its components',
  // In the details of one finding.
  hint: 'Other components may name {{ref}} as well. Pointed to the team that answers now, it heals all of them at once, without a change to a file.',
  healing:
    '{{ref}} is pointed to another team. A scan heals the components that name it…',
  healed_one:
    'Done: the component that names {{ref}} belongs to {{team}} now. What was put aside while nobody answered for it is open again; a finding of low severity stays until its file says the new name.',
  healed_other:
    'Done: {{count, number}} components that name {{ref}} belong to {{team}} now. What was put aside while nobody answered for them is open again; a finding of low severity stays on each until its file says the new name.',
  failed: 'The reference could not be pointed there',
  list_one: '{{count, number}} reference stands for another',
  list_other: '{{count, number}} references stand for others',
  means: 'is now',
  components_one: '{{count, number}} component still says the old one',
  components_other: '{{count, number}} components still say the old one',
  unused: 'No component says the old one any more',
  configured: 'Set in app-config',
  removeShort: 'Remove',
  remove: 'Remove the alias of {{ref}}',
  removeFailed: 'The alias could not be removed',
  status: {
    'in-force': 'In force',
    unneeded: 'Waits: the old one is still in the catalog',
    dangling: 'Without effect: the new one is not in the catalog',
    cycle: 'Without effect: it leads back to itself',
  },
} as const;
