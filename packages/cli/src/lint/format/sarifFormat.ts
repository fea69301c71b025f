import { lintRules, type LintProblem } from '../LintProblem';
import type { LintFormat } from '../LintReport';

/**
 * SARIF 2.1.0, as code scanning reads it.
 *
 * @internal
 */
export const sarifFormat: LintFormat = ({ problems, version }) =>
  `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'service-ownership',
              version,
              rules: Object.entries(lintRules).map(([id, description]) => ({
                id,
                shortDescription: { text: description },
              })),
            },
          },
          columnKind: 'utf16CodeUnits',
          results: problems.map(describe),
        },
      ],
    },
    undefined,
    2,
  )}\n`;

function describe(problem: LintProblem) {
  const { file, line, column, path, message, rule, severity } = problem;
  return {
    ruleId: rule,
    level: severity,
    message: { text: path ? `${path}: ${message}` : message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: {
            uri: file.split('/').map(encodeURIComponent).join('/'),
          },
          ...(line === undefined
            ? {}
            : { region: { startLine: line, startColumn: column ?? 1 } }),
        },
      },
    ],
  };
}
