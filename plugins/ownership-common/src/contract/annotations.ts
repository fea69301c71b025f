/**
 * Annotation or label that tells the tier of a component without a contract:
 * `tier-1` … `tier-4`.
 *
 * @public
 */
export const TIER_ANNOTATION = 'service-ownership.io/tier';

/**
 * Annotation the catalog processor sets on an entity whose contract it read
 * from a file: the location of that file, for example
 * `url:https://github.com/acme/checkout/blob/main/ownership.yaml`.
 *
 * @public
 */
export const CONTRACT_FILE_ANNOTATION = 'service-ownership.io/contract-file';

/**
 * Label the catalog processor flags components with: `owned`, `at-risk` or
 * `orphaned`. Absent while nothing is known.
 *
 * @public
 */
export const STATE_LABEL = 'service-ownership.io/state';
