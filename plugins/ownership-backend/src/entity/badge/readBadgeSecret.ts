import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const LEAST = 16;

/**
 * `ownership.badges.secret`.
 *
 * @throws InputError where it is too short to be one
 */
export function readBadgeSecret(config: Config): string | undefined {
  const secret = config.getOptionalString('ownership.badges.secret');
  if (secret !== undefined && secret.length < LEAST) {
    throw new InputError(
      `ownership.badges.secret: expected at least ${LEAST} characters, got ${secret.length}`,
    );
  }
  return secret;
}
