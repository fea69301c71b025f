import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { TIER_ANNOTATION } from './annotations';
import { isRefText } from './refText';
import type { EffectiveContract, OwnershipContract } from './schema';
import { isWebAddress } from './webAddress';

/**
 * Annotations by which other Backstage plugins tie an entity to its rotation,
 * best first: the provider and the annotation whose value is the reference.
 */
const ON_CALL_ANNOTATIONS: ReadonlyArray<[provider: string, key: string]> = [
  ['pagerduty', 'pagerduty.com/service-id'],
  ['pagerduty', 'pagerduty.com/integration-key'],
  ['opsgenie', 'opsgenie.com/team'],
  ['opsgenie', 'opsgenie.com/component-selector'],
  ['splunk-on-call', 'splunk.com/on-call-team'],
  ['splunk-on-call', 'splunk.com/on-call-routing-key'],
  ['ilert', 'ilert.com/integration-key'],
  ['firehydrant', 'firehydrant.com/service-name'],
  ['rootly', 'rootly.com/service-id'],
  ['rootly', 'rootly.com/service-slug'],
];

/** `metadata.links[].type` that mean a way to reach the team. */
const CONTACT_LINK_TYPES: Readonly<
  Record<string, NonNullable<OwnershipContract['contacts']>[number]['purpose']>
> = {
  support: 'support',
  contact: 'support',
  chat: 'support',
  slack: 'support',
  teams: 'support',
  email: 'support',
  'on-call': 'incident',
  incident: 'incident',
};

/** Longest value an annotation may have to be taken over. */
const MAX_VALUE = 500;

/**
 * What the catalog says without a contract, with the place each field was
 * found in.
 *
 * @internal
 */
export function catalogContract(entity: Entity): {
  fields: Partial<EffectiveContract>;
  places: Record<string, string>;
} {
  const fields: Partial<EffectiveContract> = {};
  const places: Record<string, string> = {};
  const { annotations = {}, labels = {} } = entity.metadata;

  const labelled = readTier(labels[TIER_ANNOTATION]);
  const annotated = readTier(annotations[TIER_ANNOTATION]);
  if (labelled ?? annotated) {
    fields.tier = labelled ?? annotated;
    places.tier = labelled
      ? `metadata.labels.${TIER_ANNOTATION}`
      : `metadata.annotations.${TIER_ANNOTATION}`;
  }
  for (const [provider, key] of ON_CALL_ANNOTATIONS) {
    const ref = annotations[key];
    if (typeof ref === 'string' && ref.trim() && ref.length <= MAX_VALUE) {
      fields.onCall = {
        provider,
        // An integration key is a credential for sending alerts: it proves that
        // there is a rotation, and is not shown.
        ref: key.endsWith('integration-key') ? 'integration key' : ref.trim(),
      };
      places.onCall = `metadata.annotations.${key}`;
      break;
    }
  }
  readLinks(entity, fields, places);
  readSpec(entity, fields, places);
  return { fields, places };
}

function readTier(value: unknown): OwnershipContract['tier'] {
  const digit =
    typeof value === 'string'
      ? /^(?:tier[-_ ]?)?([1-4])$/i.exec(value.trim())?.[1]
      : undefined;
  return digit ? (`tier-${digit}` as OwnershipContract['tier']) : undefined;
}

function readLinks(
  entity: Entity,
  fields: Partial<EffectiveContract>,
  places: Record<string, string>,
): void {
  const links = Array.isArray(entity.metadata.links)
    ? entity.metadata.links.slice(0, 100)
    : [];
  const runbooks: NonNullable<OwnershipContract['runbooks']> = [];
  const contacts: NonNullable<OwnershipContract['contacts']> = [];
  links.forEach((link, index) => {
    const type = textOf(link?.type).toLowerCase();
    const url = textOf(link?.url);
    const title = textOf(link?.title).slice(0, 300);
    if (type === 'runbook' && isWebAddress(url) && url.length <= 2000) {
      runbooks.push({
        id: `link-${index + 1}`,
        title: title || 'Runbook',
        url,
      });
    } else if (Object.hasOwn(CONTACT_LINK_TYPES, type)) {
      const purpose = CONTACT_LINK_TYPES[type];
      if (isWebAddress(url) && url.length <= MAX_VALUE) {
        contacts.push({ type: 'url', value: url, purpose });
      } else if (/^mailto:[^\s@<>?]+@[^\s@<>?]+$/i.test(url)) {
        contacts.push({ type: 'email', value: url.slice(7), purpose });
      }
    }
  });
  if (runbooks.length > 0) {
    fields.runbooks = runbooks;
    places.runbooks = 'metadata.links';
  }
  if (contacts.length > 0) {
    fields.contacts = contacts;
    places.contacts = 'metadata.links';
  }
}

function readSpec(
  entity: Entity,
  fields: Partial<EffectiveContract>,
  places: Record<string, string>,
): void {
  const { lifecycle, system } = entity.spec ?? {};
  if (typeof lifecycle === 'string' && lifecycle) {
    fields.lifecycle = lifecycle.slice(0, 200);
    places.lifecycle = 'spec.lifecycle';
  }
  if (typeof system === 'string' && isRefText(system)) {
    fields.system = stringifyEntityRef(
      parseEntityRef(system, {
        defaultKind: 'system',
        defaultNamespace: entity.metadata.namespace ?? 'default',
      }),
    );
    places.system = 'spec.system';
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
