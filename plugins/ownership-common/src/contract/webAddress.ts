import { hiddenCharacter } from './hiddenCharacter';

/**
 * True for an http(s) address without a user name or password in it.
 *
 * @internal
 */
export function isWebAddress(value: string): boolean {
  if (
    !/^https?:\/\//i.test(value) ||
    /\s/.test(value) ||
    hiddenCharacter(value)
  ) {
    return false;
  }
  try {
    const { hostname, username, password } = new URL(value);
    return hostname !== '' && username === '' && password === '';
  } catch {
    return false;
  }
}
