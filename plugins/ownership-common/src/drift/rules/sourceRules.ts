import { sourceFile } from '../sourceFile';
import type { DriftRule } from '../types';

/**
 * Rules about where an entity comes from.
 *
 * @internal
 */
export const sourceRules: DriftRule[] = [
  {
    id: 'source-orphaned',
    title: 'No location emits it any more',
    why: 'The file it was read from is gone or no longer registered. What the catalog shows is a memory that nobody can correct.',
    fix: 'Register the file again where it moved to, or remove the entity if the thing itself is gone.',
    severity: 'medium',
    example: `# In the catalog configuration, or in a file of kind Location
type: url
target: https://git.example.org/payments/checkout/blob/main/catalog-info.yaml
`,
    evaluate(facts) {
      const annotations: Record<string, unknown> =
        facts.entity.metadata.annotations ?? {};
      if (annotations['backstage.io/orphan'] !== 'true') {
        return { status: 'pass' };
      }
      const file = sourceFile(facts.entity);
      return {
        status: 'fail',
        message: 'The file it came from no longer defines it',
        evidence: [
          {
            label: 'Last read from',
            value: file?.name ?? 'not known',
            source: 'catalog, backstage.io/managed-by-location',
            url: file?.url,
          },
        ],
        remediation: file
          ? `Look whether ${file.name} was moved; register the new place, or remove ${facts.entityRef} from the catalog.`
          : `Register the file that defines ${facts.entityRef}, or remove it from the catalog.`,
      };
    },
  },
];
