import { resolve } from 'node:path';
import {
  checkExclusion,
  excludedBuckets,
  exclusionLimits,
  exclusionRequestSchema,
  exclusionStretches,
  readYaml,
  type BucketRange,
  type Exclusion,
} from '@service-ownership/backstage-plugin-ownership-common';
import { UsageError } from '../command/UsageError';
import { readText } from '../lint/readText';

/**
 * The time that does not count, by a file with a list of exclusions: each as
 * the API takes it.
 *
 * @param options.now - as of when is computed
 * @throws UsageError that says what of which exclusion is not accepted
 * @internal
 */
export function readExclusions(options: {
  file: string;
  cwd: string;
  now: Date;
}): BucketRange[] {
  const { file, cwd, now } = options;
  const reading = readText(resolve(cwd, file));
  if ('message' in reading) {
    throw new UsageError(`${file} ${reading.message}.`);
  }
  const { documents, errors } = readYaml(reading);
  const [document] = documents;
  if (errors.length > 0 || !Array.isArray(document?.value)) {
    throw new UsageError(
      `${file} is not a list of exclusions${
        errors[0] ? `: ${errors[0].message}` : ''
      }; expected [{ reason: …, from: …, to: … }] as YAML.`,
    );
  }
  const items: unknown[] = document.value;
  if (items.length > exclusionLimits.maxPerSlo) {
    throw new UsageError(
      `${file} has ${items.length} exclusions; an SLO may have ${exclusionLimits.maxPerSlo}.`,
    );
  }
  const exclusions = items.map((item, index): Exclusion => {
    const refuse = (message: string) =>
      new UsageError(`${file}, exclusion ${index + 1}: ${message}`);
    const request = exclusionRequestSchema.strict().safeParse(item);
    if (!request.success) {
      const [{ path, message }] = request.error.issues;
      throw refuse([path.join('.'), message].filter(Boolean).join(': '));
    }
    const checked = checkExclusion({ request: request.data, now });
    if ('message' in checked) {
      throw refuse(checked.message);
    }
    return { id: `${index}`, ...checked };
  });
  const clock = now.getTime() / 1000;
  return excludedBuckets(
    exclusionStretches({
      exclusions,
      range: {
        start: clock - exclusionLimits.maxPastSeconds,
        end: clock + exclusionLimits.maxPastSeconds,
      },
    }),
  );
}
