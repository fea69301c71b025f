import type { RuleDescription } from '@service-ownership/backstage-plugin-ownership-common';
import type { ReportedFinding } from '../store/listFindings';

/** What a report says beside its findings. */
export interface ReportContext {
  now: Date;
  /** The rule catalogue, by id. */
  rules: ReadonlyMap<string, RuleDescription>;
  /** Components that were left out because the caller may not see them. */
  hidden: number;
}

/**
 * One way to write the report. Findings come as they are read, some hundred at
 * a time, and text goes out as it is written: no report is ever held as a
 * whole, whatever its length.
 */
export interface ReportFormatWriter {
  contentType: string;
  /** File name extension without the dot. */
  extension: string;
  /**
   * Each part of the text is sent by itself: what comes before the findings at
   * once, and then one part for every page of them.
   */
  write(
    pages: AsyncIterable<ReportedFinding[]>,
    context: ReportContext,
  ): AsyncIterable<string>;
}

/** That something was left out, in a sentence; nothing where all is there. */
export function hiddenNote({ hidden }: ReportContext): string | undefined {
  if (hidden === 0) {
    return undefined;
  }
  return hidden === 1
    ? '1 component is left out: whoever fetched this may not see it.'
    : `${hidden} components are left out: whoever fetched this may not see them.`;
}

/** Whole days since a finding was first seen. */
export function ageDays(finding: ReportedFinding, now: Date): number {
  const age = now.getTime() - new Date(finding.firstSeenAt).getTime();
  return Math.max(0, Math.floor(age / 86_400_000));
}
