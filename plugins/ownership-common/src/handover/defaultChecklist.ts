/**
 * What has to be done before a handover is complete, unless the configuration
 * or the handover says otherwise.
 *
 * @public
 */
export const defaultHandoverChecklist: readonly string[] = [
  'The on-call rotation pages the new team',
  'Runbooks were walked through together',
  'SLOs and the error-budget policy are agreed',
  'Access and secrets are moved, the old team’s are revoked',
  'Dashboards and alerts reach the new team',
  'Open incidents and known problems are told',
  'The cost budget is moved',
  'The contract and the catalog file name the new team',
];
