/** Whether the runbooks of a component can be opened. */
export interface RunbookCheckRow {
  entity_ref: string;
  /** A JSON array: the addresses it names, each once. */
  urls: string;
  /** JSON: pairs of an address and what came of it; null until somebody looked. */
  checks: string | null;
  /** When to look again; ISO 8601. */
  next_at: string;
}
