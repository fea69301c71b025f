/**
 * What to add to the descriptor of a component so that it has the SLO. The
 * labels of an SLO are anybody's text; as JSON they are one YAML scalar.
 *
 * @internal
 */
export function claimPatch(selector: string): string {
  return `metadata:
  annotations:
    service-ownership.io/slo-selector: ${JSON.stringify(selector)}
`;
}
