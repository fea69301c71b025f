import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Duration } from 'luxon';

const DEFAULT_KINDS = ['component', 'system', 'api', 'resource'];

/**
 * Reads what the processor is configured with; see config.d.ts.
 *
 * @throws InputError that names the setting, and what it accepts
 */
export function readProcessorConfig(root: Config): {
  /** In lower case. */
  kinds: ReadonlySet<string>;
  snapshotIntervalMs: number;
} {
  const config = root.getOptionalConfig('ownership');
  const kinds = config?.getOptionalStringArray('kinds') ?? DEFAULT_KINDS;
  const processor = config?.getOptionalConfig('processor');
  const snapshotIntervalMs = processor?.has('snapshotInterval')
    ? Duration.fromObject(
        readDurationFromConfig(processor, { key: 'snapshotInterval' }),
      ).toMillis()
    : 10_000;
  if (!(snapshotIntervalMs >= 1000)) {
    throw new InputError(
      'ownership.processor.snapshotInterval must be a duration of 1 second or more',
    );
  }
  return {
    kinds: new Set(kinds.map(kind => kind.toLocaleLowerCase('en-US'))),
    snapshotIntervalMs,
  };
}
