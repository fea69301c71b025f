/** An SLO as Sloth or Pyrra recorded it. */
export interface RecordedSlo {
  tool: 'Sloth' | 'Pyrra';
  /** As its author named it. */
  name: string;
  objective: number;
  windowSeconds: number;
  /** The labels the rules give to all its series. */
  labels: Record<string, string>;
  /** The recorded ratio of bad events over the shortest time. */
  errorRatio: { name: string; labels: Record<string, string> };
}
