import type { Entity } from '@backstage/catalog-model';
import { plainText } from './plainText';

// The code itself, before the file the entity is written in.
const ANNOTATIONS = [
  'backstage.io/source-location',
  'backstage.io/managed-by-location',
];

// What GitHub, GitLab, Bitbucket, Azure DevOps and Gitea put between a
// repository and what is in it.
const INSIDE =
  /\/(?:-\/|blob\/|tree\/|raw\/|edit\/|browse(?:\/|$)|src\/(?:branch|commit|tag|master|main)\/).*$/;

/**
 * The repository an entity's code is in, as `host/path` in lower case: two
 * entities of one repository give the same text.
 *
 * @returns `undefined` where the annotations name none on the web.
 *
 * @public
 */
export function sourceRepository(entity: Entity): string | undefined {
  const annotations: Record<string, unknown> =
    entity.metadata.annotations ?? {};
  for (const key of ANNOTATIONS) {
    const location = annotations[key];
    if (typeof location !== 'string' || !/^url:https?:/i.test(location)) {
      continue;
    }
    try {
      const { host, pathname } = new URL(location.slice('url:'.length));
      const path = pathname
        .replace(INSIDE, '')
        .replace(/\.git$/, '')
        .replace(/\/+$/, '');
      // An address without a path is a host, not a repository.
      if (path.length > 1 && !/\.ya?ml$/i.test(path)) {
        return plainText(`${host}${path}`, { max: 500 }).toLocaleLowerCase(
          'en-US',
        );
      }
    } catch {
      // Somebody's text, not an address.
    }
  }
  return undefined;
}
