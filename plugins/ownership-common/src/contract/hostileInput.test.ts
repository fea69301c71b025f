import fc from 'fast-check';
import { contractSourcesOf } from './contractSources';
import { effectiveContract } from './effectiveContract';
import { parseContract } from './parseContract';
import { resolveContractState } from './resolveContractState';
import { effectiveContractSchema } from './schema';
import { validateContract } from './validateContract';

const fields = [
  'tier',
  'captain',
  'contacts',
  'onCall',
  'escalation',
  'slos',
  'runbooks',
  'review',
  'cost',
];

// A machine with other things to do takes its time.

/** Anything below the names a contract has. */
const documents = fc.oneof(
  fc.anything({ withDate: true, withBigInt: true, withSet: true }),
  fc.dictionary(
    fc.constantFrom(...fields),
    fc.oneof(
      fc.anything({ withDate: true, withNullPrototype: true }),
      fc.array(
        fc.dictionary(
          fc.constantFrom('id', 'url', 'after', 'to', 'type', 'value'),
          fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.webUrl()),
        ),
      ),
    ),
  ),
);

describe('a contract can be anything', () => {
  it('without an exception, and valid exactly where there is no error', () => {
    fc.assert(
      fc.property(documents, document => {
        const { contract, errors } = validateContract({ document });
        expect(contract === undefined).toBe(errors.length > 0);
        // What was accepted is accepted again and stays as it is.
        const again = contract && validateContract({ document: contract });
        expect(again?.contract).toEqual(contract);
      }),
      { numRuns: 500 },
    );
  });

  it('as text too, with a place for every problem', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          documents.map(document => {
            try {
              return JSON.stringify(document) ?? '';
            } catch {
              return '';
            }
          }),
        ),
        text => {
          const { contract, errors } = parseContract({ text });
          expect(contract === undefined).toBe(errors.length > 0);
          for (const { line, column } of errors) {
            expect(line).toBeGreaterThan(0);
            expect(column).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('and what is in force still has the shape of the API', () => {
    fc.assert(
      fc.property(
        documents,
        fc.array(
          fc.dictionary(
            fc.constantFrom('url', 'title', 'type'),
            fc.oneof(
              fc.constantFrom('runbook', 'email', 'chat'),
              fc.webUrl(),
              fc.anything(),
            ),
          ),
        ),
        fc.string(),
        (document, links, text) => {
          const entity = {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'checkout',
              links: links as any[],
              annotations: { 'opsgenie.com/team': text },
              labels: { 'service-ownership.io/tier': text },
            },
            spec: {
              lifecycle: text,
              system: text,
              ownershipContract: document as any,
            },
          };
          const sources = contractSourcesOf(entity);
          const effective = effectiveContract({
            entity,
            state: resolveContractState({ sources }),
          });
          expect(effectiveContractSchema.safeParse(effective).success).toBe(
            true,
          );
        },
      ),
      { numRuns: 300, examples: [[{}, [{ title: { toString: 1 } }], '']] },
    );
  });
});
