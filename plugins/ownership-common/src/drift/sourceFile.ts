import type { Entity } from '@backstage/catalog-model';
import { plainText } from './plainText';

const ANNOTATIONS = [
  'backstage.io/managed-by-location',
  'backstage.io/managed-by-origin-location',
];

/**
 * The file an entity is written in, as people should be told: its address on
 * the web without credentials and query, or the bare name of a local file. A
 * path of the machine the portal runs on is nobody's business.
 *
 * @returns `undefined` where the entity is not from a file.
 *
 * @internal
 */
export function sourceFile(
  entity: Entity,
): { name: string; url?: string } | undefined {
  const annotations: Record<string, unknown> =
    entity.metadata.annotations ?? {};
  for (const key of ANNOTATIONS) {
    const location = annotations[key];
    if (typeof location === 'string') {
      if (/^file:/i.test(location)) {
        const name = plainText(location.split(/[/\\]/).pop());
        return name ? { name } : undefined;
      }
      const url = webAddress(location.replace(/^url:/i, ''));
      if (url) {
        return { name: plainText(url, { max: 300 }), url };
      }
    }
  }
  return undefined;
}

function webAddress(text: string): string | undefined {
  try {
    const { protocol, host, pathname } = new URL(text);
    return /^https?:$/.test(protocol)
      ? `${protocol}//${host}${pathname}`
      : undefined;
  } catch {
    return undefined;
  }
}
