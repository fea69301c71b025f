import type { Told } from './Sink';
import { withSameMoments } from './withSameMoments';

/**
 * What was told, as whoever hears it keeps it: an event that comes again is
 * known to the letter, a notification of a scope that is known takes its place.
 *
 * @param options - `same`: moments that count as another one
 */
export function toldOnce(options: {
  told: Told;
  same: Record<string, string>;
}): {
  events: string[];
  notifications: string[];
  scopes: Map<string, string[]>;
} {
  const { told, same } = options;
  const plain = (value: unknown) =>
    withSameMoments(JSON.stringify(value), same);
  const events = new Set(
    told.events
      .filter(({ type }) => !type.startsWith('scan.'))
      .map(event => JSON.stringify(event)),
  );
  const byScope = new Map<string, string>();
  const scopes = new Map<string, string[]>();
  for (const { recipients, payload } of told.notifications) {
    const { scope = '', ...content } = payload;
    const text = plain({ recipients, content });
    byScope.set(scope, text);
    scopes.set(scope, [...(scopes.get(scope) ?? []), text]);
  }
  return {
    events: [...events].map(text => plain(JSON.parse(text))).sort(),
    notifications: [...byScope.values()].sort(),
    scopes,
  };
}
