import type { JudgedComponent, ScanProgress } from '../drift/ScanConsumer';
import { SloConsumer } from './SloConsumer';
import type { SloService } from './SloService';

const scan = (scanId: string) => ({ scanId } as ScanProgress);

function judged(
  name: string,
  options: { slos?: string[]; status?: string; unavailable?: object },
): JudgedComponent {
  return {
    facts: {
      entityRef: name,
      slos: (options.slos ?? []).map(slo => ({ name: slo })),
      contract: { status: options.status ?? 'valid' },
      unavailable: options.unavailable ?? {},
    },
  } as unknown as JudgedComponent;
}

describe('SloConsumer', () => {
  it('takes over what a complete scan saw, and nothing of one that was cut short', async () => {
    const syncDefinitions = jest.fn();
    const consumer = new SloConsumer({
      slos: { syncDefinitions } as unknown as SloService,
    });

    await consumer.accept([judged('lost', { slos: ['x'] })], scan('cut short'));
    await consumer.accept([judged('a', { slos: ['x', 'y'] })], scan('two'));
    await consumer.accept(
      [
        judged('b', {}),
        judged('c', { status: 'unreadable' }),
        judged('d', { unavailable: { slo: 'the catalog did not answer' } }),
      ],
      scan('two'),
    );
    expect(syncDefinitions).not.toHaveBeenCalled();

    await consumer.finish(scan('two'));
    await consumer.finish(scan('three'));
    expect(syncDefinitions.mock.calls).toEqual([
      [
        {
          definitionsByEntity: new Map([['a', [{ name: 'x' }, { name: 'y' }]]]),
          keep: new Set(['c', 'd']),
        },
      ],
      // An organisation without components has no SLOs.
      [{ definitionsByEntity: new Map(), keep: new Set() }],
    ]);
  });
});
