import type { Person } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * A person as pages show one; someone nothing is known of goes by the text
 * that names them.
 */
export function toPerson(
  named: string,
  known:
    | {
        ref: string;
        title: string;
        email?: string | null;
        picture?: string | null;
      }
    | undefined,
): Person {
  if (!known) {
    return {
      ref: named,
      title: named,
      email: named.includes('@') ? named : undefined,
      resolves: false,
    };
  }
  return {
    ref: known.ref,
    title: known.title,
    email: known.email ?? undefined,
    picture: known.picture ?? undefined,
    resolves: true,
  };
}
