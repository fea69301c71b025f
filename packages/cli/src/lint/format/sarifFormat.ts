import { createHash } from 'node:crypto';
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
              // Code scanning asks for all three texts.
              rules: Object.entries(lintRules).map(([id, text]) => ({
                id,
                shortDescription: { text },
                fullDescription: { text },
                help: { text },
              })),
            },
          },
          columnKind: 'utf16CodeUnits',
          results: withFingerprints(problems.map(describe)),
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
    // `[words](address)` is a link in SARIF's plain text, too.
    message: {
      text: (path ? `${path}: ${message}` : message).replaceAll('](', '] ('),
    },
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

/**
 * Code scanning tells results of one rule in one file apart by the text of
 * their line alone where nothing else is said, and drops all but one of several
 * on a line. What is said here stays the same when lines move.
 */
function withFingerprints(results: Array<ReturnType<typeof describe>>) {
  const seen = new Map<string, number>();
  return results.map(result => {
    const [{ physicalLocation }] = result.locations;
    const key = createHash('sha256')
      .update(
        JSON.stringify([
          result.ruleId,
          physicalLocation.artifactLocation.uri,
          result.message.text,
        ]),
      )
      .digest('hex')
      .slice(0, 32);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return {
      ...result,
      partialFingerprints: { primaryLocationLineHash: `${key}:${count}` },
    };
  });
}
