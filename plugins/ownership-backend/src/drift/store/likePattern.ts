import { columnText } from './columnText';

/** Column, then pattern; a backslash takes the meaning from a wildcard. */
export const LIKE = String.raw`?? LIKE ? ESCAPE '\'`;

/** The same for a column in any case and a pattern in lower case. */
export const LIKE_IN_ANY_CASE = String.raw`LOWER(??) LIKE ? ESCAPE '\'`;

/** Text as the part of a pattern that stands for itself. */
export function literally(text: string): string {
  return columnText(text, 300).replace(/[%_\\]/g, String.raw`\$&`);
}
