/** @internal */
export const aliasMessages = {
  openShort: 'Point to another team…',
  // Begins as what is on the button: who speaks to the page says that.
  open: 'Point to another team… ({{ref}})',
  title: 'What is {{ref}} called now?',
  intro_one:
    'One component names this reference, which leads nowhere. Point it to the team that answers now: the component is healed at once, without a change to its file. A finding of low severity stays until the file says the new name.',
  intro_other:
    '{{count, number}} components name this reference, which leads nowhere. Point it to the team that answers now: they are healed at once, without a change to their files. Findings of low severity stay until the files say the new name.',
  suggestionsLoading: 'Looking up who it could be…',
  suggestionsFailed: 'Who it could be cannot be told: {{reason}}',
  nobodySuggested: 'Nothing in the catalog tells who it could be.',
  suggested_one: 'Suggested for its one orphan, {{percent}} % sure. ',
  suggested_other:
    'Suggested for {{components, number}} of its {{count, number}} orphans, {{percent}}\u00a0% sure over all. ',
  // Begins as what is on the button: who speaks to the page says that.
  choose: 'Choose {{title}}',
  chooseShort: 'Choose',
  chosen: 'Chosen',
  team: 'Team that answers now',
  comment: 'Why (optional)',
  confirm_one: 'Heal one component',
  confirm_other: 'Heal {{count, number}} components',
  failed: 'The reference could not be pointed there',
  list_one: '{{count, number}} reference stands for another',
  list_other: '{{count, number}} references stand for others',
  means: 'is now',
  components_one: '{{count, number}} component still says the old one',
  components_other: '{{count, number}} components still say the old one',
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
