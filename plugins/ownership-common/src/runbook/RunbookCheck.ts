/**
 * Whether a runbook could be opened when the portal last looked.
 *
 * @public
 */
export interface RunbookCheck {
  /** `unknown` where the portal may not look there, or got no answer. */
  state: 'found' | 'gone' | 'unknown';
  /** Why, in words; absent where it was found. */
  reason?: string;
}
