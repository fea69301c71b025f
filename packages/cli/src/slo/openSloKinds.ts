/**
 * The kinds of OpenSLO v1.
 *
 * @internal
 */
export const openSloKinds = [
  'AlertCondition',
  'AlertNotificationTarget',
  'AlertPolicy',
  'DataSource',
  'Service',
  'SLI',
  'SLO',
];
