import type { Fence } from './ScanFence';

/**
 * Has a fence give signs of life, some of them within the time after which its
 * holder counts as dead, whatever else is going on.
 *
 * @returns ends it
 */
export function keepBeating(options: {
  fence: Fence;
  deadAfterMs: number;
}): () => void {
  const { fence, deadAfterMs } = options;
  const timer = setInterval(
    () => fence.beat(),
    Math.max(1000, Math.min(10_000, deadAfterMs / 4)),
  );
  timer.unref();
  return () => clearInterval(timer);
}
