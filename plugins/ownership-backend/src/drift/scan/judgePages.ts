import type { ScanConsumer, ScanProgress } from '../ScanConsumer';
import type { PageJudge, PageToJudge } from './PageJudge';
import { readAhead } from './readAhead';
import type { StreamedComponent } from './streamComponents';
import { WriteQueue } from './WriteQueue';

/**
 * Judges pages of components, writes what is different and feeds the
 * consumers: a page is read and one is written while another is judged.
 *
 * @throws what reading, judging or writing throws, after what was begun ended
 */
export async function judgePages(options: {
  pages: AsyncIterable<StreamedComponent[]>;
  judge: PageJudge;
  consumers: readonly ScanConsumer[];
  progress: ScanProgress;
  /** Is done beside the first pages. */
  begin?: () => Promise<void>;
  /** Called when a page is written. */
  onWritten?: () => Promise<void>;
}): Promise<void> {
  const { pages, judge, consumers, progress, begin, onWritten } = options;
  const queue = new WriteQueue({ limit: 2 });

  async function* readStored(): AsyncGenerator<PageToJudge> {
    for await (const page of pages) {
      yield await judge.readStored(page);
    }
  }
  try {
    if (begin) {
      await queue.add(begin);
    }
    for await (const read of readAhead(readStored())) {
      const { judged, write } = await judge.judge(read);
      await queue.add(async () => {
        await Promise.all([
          write(),
          ...consumers.map(consumer => consumer.accept(judged, progress)),
        ]);
        await onWritten?.();
      });
    }
    await queue.done();
  } finally {
    await queue.settled();
  }
}
