import { describeValue, isMapping, plainText } from './SloReader';
import type { SloDocument } from './SloReader';

/**
 * An alert policy or condition that is written in place, or that a name refers
 * to: its spec and what it is called.
 *
 * @internal
 */
export function resolveAlertObject(options: {
  value: unknown;
  kind: 'AlertPolicy' | 'AlertCondition';
  refKey: 'alertPolicyRef' | 'conditionRef';
  resolve: SloDocument['resolve'];
}):
  | {
      spec: Record<string, unknown>;
      metadata: Record<string, unknown>;
      name?: string;
    }
  | undefined {
  const { value, kind, refKey, resolve } = options;
  if (isMapping(value) && isMapping(value.spec)) {
    const metadata = isMapping(value.metadata) ? value.metadata : {};
    return { spec: value.spec, metadata, name: plainText(metadata.name, 100) };
  }
  const ref = plainText(isMapping(value) ? value[refKey] : value, 300);
  const entity = ref ? resolve(kind, ref) : undefined;
  return entity && isMapping(entity.spec)
    ? {
        spec: entity.spec,
        metadata: entity.metadata,
        name: plainText(entity.metadata.name, 100),
      }
    : undefined;
}

/**
 * The name by which an alert policy or condition is referred to, for messages.
 *
 * @internal
 */
export function alertObjectName(value: unknown, refKey: string): string {
  return describeValue(isMapping(value) ? value[refKey] : value);
}
