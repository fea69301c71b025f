import type {
  RuleDescription,
  Severity,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { ReportedFinding } from '../store/listFindings';
import type { ReportFormatWriter } from './ReportFormat';

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** What GitHub keeps of one upload, worst first, and what it takes at all. */
const KEPT_BY_GITHUB = 5_000;
const TAKEN_BY_GITHUB = 25_000;

/**
 * SARIF 2.1.0, as code scanning reads it. A component is a logical location;
 * `catalog-info.yaml` stands for its file where tools insist on one. What code
 * scanning would leave out without a word is said in the document.
 */
export const sarifReport: ReportFormatWriter = {
  contentType: 'application/sarif+json; charset=utf-8',
  extension: 'sarif',
  async *write(pages, { rules, hidden }) {
    const driver = {
      name: 'service-ownership',
      rules: [...rules.values()].map(describeRule),
    };
    yield '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json",' +
      `"version":"2.1.0","runs":[{"tool":{"driver":${JSON.stringify(
        driver,
      )}},"properties":{"hidden":${hidden}},"results":[`;
    let separator = '\n';
    let count = 0;
    for await (const page of pages) {
      count += page.length;
      if (page.length > 0) {
        const results = page.map(one => JSON.stringify(describeFinding(one)));
        yield separator + results.join(',\n');
        separator = ',\n';
      }
    }
    yield `\n],"invocations":${JSON.stringify([describeWriting(count)])}}]}\n`;
  },
};

function describeWriting(count: number) {
  const [all, kept, taken] = [count, KEPT_BY_GITHUB, TAKEN_BY_GITHUB].map(
    number => number.toLocaleString('en-US'),
  );
  return {
    executionSuccessful: true,
    ...(count > KEPT_BY_GITHUB
      ? {
          toolExecutionNotifications: [
            {
              level: 'warning',
              message: {
                text: `There are ${all} results. GitHub keeps the worst ${kept} of an upload and refuses more than ${taken}: narrow the report, for example to a team`,
              },
            },
          ],
        }
      : {}),
  };
}

function describeRule(rule: RuleDescription) {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: rule.fix },
    ...(rule.docsUrl && /^https?:/.test(rule.docsUrl)
      ? { helpUri: rule.docsUrl }
      : {}),
    defaultConfiguration: { level: LEVEL[rule.severity] },
  };
}

function describeFinding(finding: ReportedFinding) {
  return {
    ruleId: finding.ruleId,
    level: LEVEL[finding.severity],
    kind: finding.state === 'closed' ? 'pass' : 'fail',
    // The standard wants `none` for anything that is not a failure.
    ...(finding.state === 'closed' ? { level: 'none' } : {}),
    message: {
      text: withoutLinks(`${finding.message}\n${finding.remediation}`),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'catalog-info.yaml' },
        },
        logicalLocations: [
          { fullyQualifiedName: finding.entityRef, kind: 'module' },
        ],
      },
    ],
    partialFingerprints: {
      findingId: finding.id,
      // What code scanning tells the results of one rule in one file apart by.
      primaryLocationLineHash: finding.id,
    },
    ...(finding.waiver
      ? {
          suppressions: [
            { kind: 'external', justification: finding.waiver.reason },
          ],
        }
      : {}),
    properties: {
      severity: finding.severity,
      ownerRefs: finding.ownerRefs,
      firstSeenAt: finding.firstSeenAt,
    },
  };
}

/** `[words](address)` is a link in SARIF's plain text, too. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
