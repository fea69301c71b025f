import styles from './palette.module.css';

/**
 * What a colour says. A tone never stands alone: a word or an icon says the
 * same beside it.
 *
 * @public
 */
export type Tone = 'good' | 'warning' | 'bad' | 'info' | 'muted';

/**
 * CSS class under which `var(--tone)` is the colour of text and lines and
 * `var(--tone-fill)` the colour of areas, for the light and the dark theme.
 *
 * @public
 */
export function toneClass(tone: Tone): string {
  return styles[tone];
}

/**
 * The same two colours as CSS values, for charts.
 *
 * @public
 */
export function toneColor(tone: Tone): { line: string; fill: string } {
  return (
    styles && {
      line: `var(--ownership-${tone})`,
      fill: `var(--ownership-${tone}-fill)`,
    }
  );
}
