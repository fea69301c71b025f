import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';

const MAX_LENGTH = 300;
// A ref is written with its own separators only; a control character in one
// is damage or an attack, never a name.
const PART = /^[^:/\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+$/u;
// What the catalog itself writes is canonical already; scans ask for dozens of
// such refs for every component.
const CANONICAL = /^[a-z0-9]+:[a-z0-9._-]+\/[a-z0-9._-]+$/;
// The same in any case; without the flag `u` no other letter counts as ASCII.
const PLAIN = /^[a-z0-9]+:[a-z0-9._-]+\/[a-z0-9._-]+$/i;
// What most people write: the name alone.
const NAME = /^[a-z0-9._-]+$/i;

/**
 * Brings an entity ref into its canonical form: full and in lower case (by the
 * rules of `en-US`, whatever the machine's language), `group:default/payments`.
 * Every comparison of refs is made on this form.
 *
 * @param ref - What somebody wrote. White space around it is ignored.
 * @param defaults - What stands in for a kind or a namespace that is not
 *   written. Without a default kind a ref must name its kind; the namespace
 *   is `default` unless told.
 * @returns The ref, or `undefined` for anything that is not one: another
 *   type, an empty part, a control character, more than 300 characters.
 *
 * @public
 */
export function normalizeRef(
  ref: unknown,
  defaults?: { kind?: string; namespace?: string },
): string | undefined {
  if (typeof ref !== 'string' || ref.length > MAX_LENGTH) {
    return undefined;
  }
  if (CANONICAL.test(ref)) {
    return ref;
  }
  if (PLAIN.test(ref)) {
    return ref.toLowerCase();
  }
  if (NAME.test(ref)) {
    const namespace = defaults?.namespace ?? DEFAULT_NAMESPACE;
    const full = `${defaults?.kind}:${namespace}/${ref}`;
    if (defaults?.kind && full.length <= MAX_LENGTH && PLAIN.test(full)) {
      return full.toLowerCase();
    }
  }
  let parsed;
  try {
    parsed = parseEntityRef(ref.trim(), {
      defaultKind: defaults?.kind,
      defaultNamespace: defaults?.namespace ?? DEFAULT_NAMESPACE,
    });
  } catch {
    return undefined;
  }
  const parts = [parsed.kind, parsed.namespace, parsed.name].map(part =>
    part.trim(),
  );
  if (!parts.every(part => PART.test(part))) {
    return undefined;
  }
  const [kind, namespace, name] = parts;
  const canonical = `${kind}:${namespace}/${name}`.toLocaleLowerCase('en-US');
  return canonical.length > MAX_LENGTH ? undefined : canonical;
}
