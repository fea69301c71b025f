/**
 * Makes something once for each language that it is asked for. A formatter of
 * dates or numbers takes longer to make than a row of a table to draw.
 *
 * @param make - told the language as a BCP 47 tag
 *
 * @public
 */
export function perLanguage<T>(
  make: (language: string) => T,
): (language: string) => T {
  const made = new Map<string, T>();
  return language => {
    if (!made.has(language)) {
      made.set(language, make(language));
    }
    return made.get(language)!;
  };
}
