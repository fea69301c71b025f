import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  parseEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { CONTRACT_FILE_ANNOTATION } from '../contract/annotations';
import { hiddenCharacter } from '../contract/hiddenCharacter';
import { isWebAddress } from '../contract/webAddress';
import { repositoryOf } from './repositoryOf';

/**
 * Where a browser can open a link of a contract. Only ever http(s):
 * `undefined` for everything that is not safe, or not known.
 *
 * A path is taken relative to the file that declares it, which is the contract
 * file where there is one, else the entity's own; it cannot leave the
 * repository. `techdocs:` pages need the address of the portal.
 *
 * @public
 */
export function runbookHref(options: {
  url: string;
  /** The entity that declares it: the component, or the OwnershipContract. */
  entity: Entity;
  /** Address of the portal, for TechDocs pages: `https://portal.example.org`. */
  appBaseUrl?: string;
}): string | undefined {
  const { url, entity, appBaseUrl } = options;
  const scheme = /^\s*([a-z][a-z0-9+.-]*)\s*:/i.exec(url)?.[1].toLowerCase();
  if (scheme === 'http' || scheme === 'https') {
    return isWebAddress(url) ? new URL(url).href : undefined;
  }
  if (scheme === 'techdocs') {
    return appBaseUrl === undefined
      ? undefined
      : techdocsHref({
          page: url.slice('techdocs:'.length),
          entity,
          appBaseUrl,
        });
  }
  if (scheme !== undefined || !isRepositoryPath(url)) {
    return undefined;
  }
  const base = baseUrlOf(entity);
  return base && resolveInRepository({ path: url, base });
}

/**
 * True for a path that may lie in the repository of its entity: relative,
 * without scheme, drive or hidden characters. It may still climb out of the
 * repository with `..`; whoever resolves it checks that.
 *
 * @public
 */
export function isRepositoryPath(url: string): boolean {
  return (
    url !== '' &&
    !/^(?:[/~]|\s|[a-z][a-z0-9+.-]*:)/i.test(url) &&
    !/[\\\t\r\n]|%2e|%2f|%5c/i.test(url) &&
    !hiddenCharacter(url)
  );
}

function techdocsHref(options: {
  page: string;
  entity: Entity;
  appBaseUrl: string;
}): string | undefined {
  const { page, entity, appBaseUrl } = options;
  const { kind, namespace, name } = docsEntity(entity);
  const segments = page.split('/').filter(segment => segment !== '');
  if (segments.includes('..') || /[\\\t\r\n]|%2e/i.test(page)) {
    return undefined;
  }
  const [path, fragment] = segments.join('/').split('#');
  const target = ['docs', namespace, kind, name, ...path.split('/')]
    .filter(segment => segment !== '')
    .map(encodeURIComponent)
    .join('/');
  const href = `${appBaseUrl.replace(/\/+$/, '')}/${target}${
    fragment ? `#${encodeURIComponent(fragment)}` : ''
  }`;
  return isWebAddress(href) ? href : undefined;
}

function docsEntity(entity: Entity): {
  kind: string;
  namespace: string;
  name: string;
} {
  const elsewhere =
    entity.metadata.annotations?.['backstage.io/techdocs-entity'];
  if (elsewhere) {
    try {
      return parseEntityRef(elsewhere);
    } catch {
      // Not a ref: its own documentation, then.
    }
  }
  return {
    kind: entity.kind.toLowerCase(),
    namespace: entity.metadata.namespace ?? 'default',
    name: entity.metadata.name,
  };
}

/** Address of the declaring file, or of the directory it is in. */
function baseUrlOf(entity: Entity): URL | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const candidates = [
    annotations[CONTRACT_FILE_ANNOTATION],
    annotations[ANNOTATION_VIEW_URL],
    annotations[ANNOTATION_LOCATION],
    annotations[ANNOTATION_SOURCE_LOCATION],
  ];
  for (const candidate of candidates) {
    const address = candidate?.replace(/^url:/, '');
    if (address && isWebAddress(address)) {
      return new URL(address);
    }
  }
  return undefined;
}

function resolveInRepository(options: {
  path: string;
  base: URL;
}): string | undefined {
  const { path, base } = options;
  const inQuery = base.searchParams.get('path');
  if (inQuery !== null) {
    // Azure DevOps names the file in the query.
    const target = new URL(base);
    const [file, fragment] = path.split('#');
    const climbed = new URL(file, `https://repository${absolute(inQuery)}`);
    if (climbs(file, absolute(inQuery))) {
      return undefined;
    }
    target.searchParams.set('path', decodeURIComponent(climbed.pathname));
    target.hash = fragment ?? '';
    return target.href;
  }
  const root = repositoryOf({ file: base, withBranch: true });
  const target = new URL(path, base);
  target.search = base.search;
  const inside = target.pathname.startsWith(`${root}/`);
  return inside && target.origin === base.origin ? target.href : undefined;
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function climbs(path: string, from: string): boolean {
  let depth = from.split('/').filter(Boolean).length - 1;
  for (const segment of path.split('/')) {
    if (segment === '..') {
      depth -= 1;
    } else if (segment !== '.' && segment !== '') {
      depth += 1;
    }
    if (depth < 0) {
      return true;
    }
  }
  return false;
}
