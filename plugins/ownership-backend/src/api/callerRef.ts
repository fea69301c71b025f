import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/**
 * Who calls, for audit and history: the user's entity ref or
 * `service:<subject>`.
 */
export function callerRef(credentials: BackstageCredentials): string {
  const principal = credentials.principal as
    | { type: 'user'; userEntityRef: string }
    | { type: 'service'; subject: string }
    | { type: string };
  if ('userEntityRef' in principal) {
    return principal.userEntityRef;
  }
  return 'subject' in principal ? `service:${principal.subject}` : 'nobody';
}
