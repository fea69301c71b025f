import type { Runbook } from '../../runbook';

/**
 * The runbook somebody who is woken by an alert of an SLO should open: the
 * first whose `alerts` name the alert or the SLO, else the first that covers
 * incidents. Names are compared without regard to case. One without a link
 * that is safe to follow is passed over.
 *
 * @public
 */
export function alertRunbook(options: {
  runbooks: readonly Runbook[];
  /** Name of the SLO. */
  slo: string;
  /** Names of the alert, where it has any. */
  names: readonly string[];
}): { title: string; href: string } | undefined {
  const { runbooks, slo, names } = options;
  const wanted = new Set([slo, ...names].map(fold));
  const linked = runbooks.flatMap(runbook =>
    runbook.href ? [{ ...runbook, href: runbook.href }] : [],
  );
  const found =
    linked.find(({ alerts }) => alerts.some(name => wanted.has(fold(name)))) ??
    linked.find(({ covers }) => covers.includes('incident'));
  return found && { title: found.title, href: found.href };
}

function fold(name: string): string {
  return name.trim().toLocaleLowerCase('en-US');
}
