import {
  ownershipContractSchema,
  type YamlDocument,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * What a document is, judged by its head.
 *
 * - `entity`: an entity of the Backstage catalog, an OwnershipContract among them.
 * - `slo`: an SLO of OpenSLO, Sloth or Pyrra.
 * - `slo-part`: what an SLO of OpenSLO refers to.
 * - `contract`: a contract in a file of its own.
 * - `other`: none of ours.
 *
 * @internal
 */
export type DocumentKind = 'entity' | 'slo' | 'slo-part' | 'contract' | 'other';

const OPEN_SLO = /^openslo(?:\.com)?\//;
const CONTRACT_FILE = /(?:^|[/.-])ownership\.ya?ml$/;
const OF_OTHERS =
  /^(?:v\d|apps|batch|autoscaling|policy|[\w.-]*k8s\.io|[\w.-]*(?:helm|argoproj|istio|knative|tekton|crossplane|cert-manager|kustomize|fluxcd|coreos|openapi|cnrm)[\w.-]*)(?:\/|$|\d)/;
/** What is longer is no API version, and would take the pattern above minutes. */
const MAX_API_VERSION = 300;
const CONTRACT_FIELDS = new Set(Object.keys(ownershipContractSchema.shape));

/**
 * Text that none of ours can be without: saves parsing every other YAML file
 * of a repository.
 */
const OURS =
  /backstage\.io\/|service-ownership\.io\/|openslo|sloth\.slok\.dev|pyrra\.dev|prometheus\/v1|ownershipContract/;

/** Groups of API versions that stand for entities whatever else is in the document. */
const OF_ENTITIES = /^(?:[\w-]+\.)*(?:backstage|service-ownership)\.io\//;
const ENVELOPE = [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'relations',
  'status',
];

/** A line that Helm, Jinja and their like have to fill in before it is YAML. */
const TO_FILL_IN = /^[ \t]*(?:- +)*(?:[^\s:#]+: +)?\$?\{(?:\{.*\}\}|%.*%\})/m;

/**
 * Whether a text that is not YAML may become YAML once it is filled in.
 *
 * @internal
 */
export function mayBeFilledIn(text: string): boolean {
  return TO_FILL_IN.test(text);
}

/**
 * Whether a file that was found in a directory may be one of ours.
 *
 * @internal
 */
export function mayConcern(file: { name: string; text: string }): boolean {
  return CONTRACT_FILE.test(file.name) || OURS.test(file.text);
}

/**
 * Judges what a document is.
 *
 * @param options.isNamed - the file was named as it is, so that somebody
 *   thinks it is one of ours
 *
 * @internal
 */
export function documentKind(options: {
  document: YamlDocument;
  name: string;
  isNamed: boolean;
}): DocumentKind {
  const value = options.document.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return CONTRACT_FILE.test(options.name) ? 'contract' : 'other';
  }
  const { apiVersion, kind, version, metadata, slos } = value as Record<
    string,
    unknown
  >;
  if (
    version === 'prometheus/v1' ||
    apiVersion === 'sloth.slok.dev/v1' ||
    apiVersion === 'pyrra.dev/v1alpha1'
  ) {
    return 'slo';
  }
  if (typeof apiVersion === 'string' && OPEN_SLO.test(apiVersion)) {
    return kind === 'SLO' ? 'slo' : 'slo-part';
  }
  if (apiVersion !== undefined || kind !== undefined) {
    const isOf = (group: RegExp) =>
      typeof apiVersion === 'string' &&
      apiVersion.length <= MAX_API_VERSION &&
      group.test(apiVersion);
    const isEntity =
      options.isNamed ||
      (kind !== undefined &&
        metadata !== undefined &&
        // Those of plugins have any group, and so has all else in Kubernetes.
        (isOf(OF_ENTITIES) ||
          Object.keys(value).every(key => ENVELOPE.includes(key))));
    return isEntity && !isOf(OF_OTHERS) ? 'entity' : 'other';
  }
  if (CONTRACT_FILE.test(options.name)) {
    return 'contract';
  }
  const fields = Object.keys(value);
  const known = fields.filter(field => CONTRACT_FIELDS.has(field));
  return known.length > 0 &&
    (options.isNamed || slos === undefined) &&
    known.length >= (options.isNamed ? 1 : 3)
    ? 'contract'
    : 'other';
}
