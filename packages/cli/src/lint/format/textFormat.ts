import { showControls } from '../../command/showControls';
import type { LintFormat, LintReport } from '../LintReport';
import type { LintProblem } from '../LintProblem';
import { codeFrame } from '../codeFrame';

/**
 * For people: every problem with the lines around it, and a count at the end.
 *
 * @internal
 */
export const textFormat: LintFormat = report => {
  const { problems, paint } = report;
  // Problems of a file follow each other.
  let shown: { file?: string; lines?: string[] } = {};
  const blocks = problems.map(problem => {
    const { file } = problem;
    if (shown.file !== file) {
      shown = { file, lines: report.textOf(file)?.split(/\r?\n/) };
    }
    const frame = codeFrame({
      lines: shown.lines,
      ...problem,
      columns: report.columns,
      paint,
    });
    return `${describe(problem, report)}\n${frame}`;
  });
  return `${[...blocks, summarise(report)].join('\n')}\n`;
};

function describe(problem: LintProblem, { paint }: LintReport): string {
  const { file, line, column, severity, path, message, rule } = problem;
  const place = [
    showControls(file),
    ...(line === undefined ? [] : [line]),
    ...(line === undefined || column === undefined ? [] : [column]),
  ].join(':');
  const word =
    severity === 'error' ? paint.red('error') : paint.yellow('warning');
  const what = path ? `${paint.bold(showControls(path))}: ` : '';
  return `${paint.bold(place)}\n  ${word} ${what}${showControls(
    message,
  )} ${paint.dim(`(${rule})`)}`;
}

function summarise(report: LintReport): string {
  const { counts, errors, warnings, paint, isOnline } = report;
  const checked = `${plural(counts.files, 'file')} checked: ${plural(
    counts.entities,
    'entity',
    'entities',
  )}, ${plural(counts.contracts, 'contract')}, ${plural(counts.slos, 'SLO')}${
    isOnline ? ', and what they refer to in the portal' : ''
  }.`;
  if (errors + warnings === 0) {
    return `${paint.green('No problems.')} ${checked}`;
  }
  const found = [
    ...(errors > 0 ? [paint.red(plural(errors, 'error'))] : []),
    ...(warnings > 0 ? [paint.yellow(plural(warnings, 'warning'))] : []),
  ].join(' and ');
  return `${found}. ${checked}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
