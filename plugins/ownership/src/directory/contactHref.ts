import type { EffectiveContract } from '@service-ownership/backstage-plugin-ownership-common';
import { safeHref } from '@service-ownership/backstage-plugin-ownership-react';

type Contact = NonNullable<EffectiveContract['contacts']>[number];

/**
 * Where a click on a contact leads; `undefined` for what is only a name, like
 * a channel without its address.
 *
 * @internal
 */
export function contactHref(contact: Contact): string | undefined {
  const value = contact.value.trim();
  if (contact.type === 'email' && /^[^\s@<>?&]+@[^\s@<>?&]+$/.test(value)) {
    return `mailto:${value}`;
  }
  if (contact.type === 'phone' && /^\+?[\d\s()/.-]{3,40}$/.test(value)) {
    return `tel:${value.replace(/[^\d+]/g, '')}`;
  }
  return value.startsWith('/') ? undefined : safeHref(value);
}
