import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * The words of the building blocks.
 *
 * @public
 */
export const ownershipReactTranslationRef = createTranslationRef({
  id: 'plugin.ownership-react',
  messages: {
    state: {
      owned: 'Owned',
      'at-risk': 'At risk',
      orphaned: 'Orphaned',
      unknown: 'Unknown',
    },
    severity: {
      critical: 'Critical',
      high: 'High',
      medium: 'Medium',
      low: 'Low',
    },
    sloState: {
      met: 'Met',
      'at-risk': 'At risk',
      breached: 'Breached',
      partial: 'Partial data',
      'no-traffic': 'No traffic',
      'no-data': 'No data',
    },
    budget: {
      left: '{{share}} of the error budget left',
      overspent: 'Error budget overspent by {{share}}',
      usedUp: 'The error budget is used up',
      still: 'Nothing of the budget is being spent now',
      lastsMinutes_one: 'Lasts {{count, number}} more minute at this rate',
      lastsMinutes_other: 'Lasts {{count, number}} more minutes at this rate',
      lastsHours_one: 'Lasts {{count, number}} more hour at this rate',
      lastsHours_other: 'Lasts {{count, number}} more hours at this rate',
      lastsDays_one: 'Lasts {{count, number}} more day at this rate',
      lastsDays_other: 'Lasts {{count, number}} more days at this rate',
      lastsWindow: 'Lasts the whole window at this rate',
      noData: 'There is no data to tell how much budget is left',
      noTraffic: 'There was no traffic, so nothing of the budget was spent',
    },
    sloAlert: {
      firing: { page: 'Page firing', ticket: 'Ticket firing' },
      unknown: { page: 'Page was firing', ticket: 'Ticket was firing' },
    },
    policy: {
      since: 'since',
    },
    burnDown: {
      remaining: 'Budget left',
      ideal: 'If used evenly',
    },
    marker: {
      kind: {
        deployment: 'Deployment',
        rolledback: 'Rollback',
        failed: 'Failed deployment',
        removed: 'Removal',
        incident: 'Incident',
        alert: 'Alert',
        excluded: 'Excluded',
        changed: 'SLO changed',
      },
      count: {
        deployment_one: '{{count, number}} deployment',
        deployment_other: '{{count, number}} deployments',
        rolledback_one: '{{count, number}} rollback',
        rolledback_other: '{{count, number}} rollbacks',
        failed_one: '{{count, number}} failed deployment',
        failed_other: '{{count, number}} failed deployments',
        removed_one: '{{count, number}} removal',
        removed_other: '{{count, number}} removals',
        incident_one: '{{count, number}} incident',
        incident_other: '{{count, number}} incidents',
        alert_one: '{{count, number}} alert',
        alert_other: '{{count, number}} alerts',
        excluded_one: '{{count, number}} excluded stretch',
        excluded_other: '{{count, number}} excluded stretches',
        changed_one: '{{count, number}} change of the SLO',
        changed_other: '{{count, number}} changes of the SLO',
        other_one: '{{count, number}} other event',
        other_other: '{{count, number}} other events',
      },
    },
    chart: {
      showTable: 'Show as a table',
      hideTable: 'Hide the table',
      time: 'Time',
      event: 'Event',
      noData: 'no data',
      empty: 'Nothing was recorded in this period yet.',
    },
    error: {
      title: 'This could not be loaded',
      retry: 'Try again',
      forbidden:
        'You may not see this. Ask the owning team or your platform team for access.',
      notFound:
        'The ownership backend knows nothing under this name. What is new appears after the next drift scan; what is old may have been removed.',
      offline:
        'The ownership backend could not be reached. Check your connection, then try again.',
    },
    copy: {
      copy: 'Copy',
      copied: 'Copied',
      download: 'Download',
      failed: 'Select the text to copy it',
    },
    loading: 'Loading',
  },
});
