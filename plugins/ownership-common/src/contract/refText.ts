// Letters, digits and the signs that occur in names of people and teams. No
// white space, no markup, no second colon or slash.
const NAME = '[^\\s:/<>"`\\\\{}|^#?\\[\\]]+';
/**
 * Text that can be an entity ref: `[kind:][namespace/]name`.
 *
 * @internal
 */
export const REF_PATTERN = new RegExp(`^(?:${NAME}:)?(?:${NAME}/)?${NAME}$`);

/**
 * True for text that can be an entity ref: `[kind:][namespace/]name`.
 *
 * @internal
 */
export function isRefText(value: string): boolean {
  return value.length <= 300 && REF_PATTERN.test(value);
}
