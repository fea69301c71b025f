/** @internal */
export const runbookMessages = {
  card: {
    title: 'Runbooks',
    errorTitle: 'The runbooks could not be loaded',
    reviewed: 'reviewed ',
    neverReviewed: 'never reviewed',
    stale: 'May be out of date: ',
    drilled: 'drilled ',
    alerts_one: '{{count, number}} alert',
    alerts_other: '{{count, number}} alerts',
    alertsTitle: 'For the alerts {{alerts}}',
    fromCatalog: 'from the links in the catalog',
    uncovered: 'No runbook covers this yet',
    notOpenable: 'This address cannot be opened: {{url}}',
    emptyTitle: 'No runbook yet',
    emptyNext:
      'The first one to write is what to do when it breaks. Put it beside the code and name it in the contract:',
    emptyCopy: 'ownership.yaml',
  },
  dialog: {
    close: 'Close',
    source: 'Open the source',
    errorTitle: 'The runbook could not be read',
    readAt: 'Read ',
  },
  area: {
    deployment: 'Deployment',
    monitoring: 'Monitoring',
    incident: 'Incident',
    rollback: 'Rollback',
    recovery: 'Recovery',
    failover: 'Failover',
  },
} as const;
