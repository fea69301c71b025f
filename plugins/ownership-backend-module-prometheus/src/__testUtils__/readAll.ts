import type {
  SliBucket,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliRequest,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';

/** What a source said about one SLO. */
export interface ReadSlo {
  buckets: SliBucket[];
  error?: string;
  readTo?: number;
}

/** Reads SLOs to the end and puts the parts of each together, by its name. */
export async function readAll(
  source: SliSource,
  definitions: SloDefinition[],
  stretch: Pick<SliRequest, 'from' | 'to'> & { seconds?: 300 | 3600 },
): Promise<Record<string, ReadSlo>> {
  const read: Record<string, ReadSlo> = Object.fromEntries(
    definitions.map(({ name }) => [name, { buckets: [] }]),
  );
  for await (const reading of source.read({
    requests: definitions.map(definition => ({
      entityRef: definition.origin.entityRef,
      definition,
      seconds: 300,
      ...stretch,
    })),
    signal: new AbortController().signal,
  })) {
    const slo = read[reading.request.definition.name];
    if ('error' in reading) {
      slo.error = reading.error;
    } else {
      slo.buckets.push(...reading.buckets);
      slo.readTo = reading.readTo;
    }
  }
  return read;
}
