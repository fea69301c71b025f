/**
 * A ratio as a percentage with only the digits that say something: `42 %`,
 * `99.95 %`, `−12 %`. A value that is not quite 100 % never reads `100 %`.
 *
 * @param options - `ratio`: 0.42 for 42 %; may be negative or above 1.
 *
 * @public
 */
export function formatShare(options: {
  ratio: number;
  language: string;
}): string {
  const { ratio, language } = options;
  const gap = Math.abs(1 - ratio);
  // Near 100 % the digits that matter are those of the distance to it.
  const near = gap > 0 && gap < 0.1 ? Math.ceil(-Math.log10(gap)) : 0;
  const few = Math.abs(ratio) > 0 && Math.abs(ratio) < 0.1 ? 1 : 0;
  const text = new Intl.NumberFormat(language, {
    maximumFractionDigits: Math.min(Math.max(near, few), 6),
  }).format(ratio * 100);
  return `${text.replace('-', '−')}\u00a0%`;
}
