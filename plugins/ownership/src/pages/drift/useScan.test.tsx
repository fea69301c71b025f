import { TestApiProvider } from '@backstage/test-utils';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import type {
  Scan,
  ScanSignal,
} from '@service-ownership/backstage-plugin-ownership-common';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { completedScan } from '../__testUtils__/driftAnswers';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { useScan } from './useScan';

const running: Scan = {
  ...completedScan,
  id: 'scan-2',
  state: 'running',
  processed: 10,
  finishedAt: undefined,
};

describe('useScan', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('follows a scan to its end, over a poll that fails', async () => {
    const answers: Array<Scan | Error> = [
      running,
      new Error('away'),
      { ...running, processed: 30 },
      { ...completedScan, id: 'scan-2' },
    ];
    const api = mockOwnershipApi({
      listScans: async () => ({ items: [], pageInfo: {}, totalItems: 0 }),
      startScan: async () => ({ ...running, state: 'queued', processed: 0 }),
      getScan: async () => {
        const answer = answers.shift()!;
        if (answer instanceof Error) {
          throw answer;
        }
        return answer;
      },
    });
    const onFinished = jest.fn();
    const { result } = renderHook(() => useScan({ onFinished }), {
      wrapper: ({ children }: { children: ReactNode }) => (
        <TestApiProvider apis={[[ownershipApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    });
    await act(async () => {});
    expect(result.current).toMatchObject({ scan: undefined, running: false });

    await act(() => result.current.start());
    expect(result.current).toMatchObject({
      running: true,
      scan: { state: 'queued' },
    });

    const poll = () => act(() => jest.advanceTimersByTimeAsync(1_500));
    await poll();
    expect(result.current.scan?.processed).toBe(10);
    await poll();
    expect(result.current).toMatchObject({
      running: true,
      error: { message: 'away' },
    });
    await poll();
    expect(result.current.scan?.processed).toBe(30);
    expect(result.current.error).toBeUndefined();
    expect(onFinished).not.toHaveBeenCalled();
    await poll();
    expect(result.current).toMatchObject({
      running: false,
      scan: { id: 'scan-2', state: 'completed' },
    });
    expect(onFinished).toHaveBeenCalledTimes(1);
    await poll();
    expect(api.getScan).toHaveBeenCalledTimes(4);
  });

  it('says why a scan could not be started', async () => {
    const api = mockOwnershipApi({
      listScans: async () => ({
        items: [completedScan],
        pageInfo: {},
        totalItems: 1,
      }),
      startScan: async () => {
        throw new Error('You may not start a scan');
      },
    });
    const { result } = renderHook(() => useScan({ onFinished: () => {} }), {
      wrapper: ({ children }: { children: ReactNode }) => (
        <TestApiProvider apis={[[ownershipApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    });
    await act(async () => {});
    await act(() => result.current.start());
    expect(result.current).toMatchObject({
      running: false,
      starting: false,
      scan: completedScan,
      error: { message: 'You may not start a scan' },
    });
  });

  it('is told by signals how far a scan is, of whoever started it', async () => {
    let tell: (signal: ScanSignal) => void = () => {};
    const signals: SignalApi = {
      subscribe: (channel, onMessage) => {
        expect(channel).toBe('ownership:scan');
        tell = onMessage as unknown as typeof tell;
        return { unsubscribe: () => {} };
      },
    };
    const answers: Scan[] = [
      running,
      { ...completedScan, id: 'scan-2' },
      { ...running, id: 'scan-3' },
    ];
    const api = mockOwnershipApi({
      listScans: async () => ({
        items: [completedScan],
        pageInfo: {},
        totalItems: 1,
      }),
      getScan: async () => answers.shift()!,
      cancelScan: async () => ({
        ...completedScan,
        id: 'scan-3',
        state: 'cancelled',
      }),
    });
    const onFinished = jest.fn();
    const { result } = renderHook(() => useScan({ onFinished }), {
      wrapper: ({ children }: { children: ReactNode }) => (
        <TestApiProvider
          apis={[
            [ownershipApiRef, api],
            [signalApiRef, signals],
          ]}
        >
          {children}
        </TestApiProvider>
      ),
    });
    await act(async () => {});
    const hear = (signal: Partial<ScanSignal>) =>
      act(async () =>
        tell({
          id: 'scan-2',
          state: 'running',
          processed: 0,
          total: 40,
          ...signal,
        }),
      );

    await hear({});
    expect(result.current).toMatchObject({ running: true, scan: running });
    await hear({ processed: 30 });
    expect(result.current.scan).toMatchObject({ id: 'scan-2', processed: 30 });
    // Nobody has to ask while signals come.
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(api.getScan).toHaveBeenCalledTimes(1);
    await hear({ state: 'completed', processed: 40 });
    expect(result.current).toMatchObject({
      running: false,
      scan: { id: 'scan-2', state: 'completed', opened: 2 },
    });
    expect(onFinished).toHaveBeenCalledTimes(1);
    // What comes late, or is no message of ours, changes nothing.
    await hear({ processed: 35 });
    await act(async () => tell({} as ScanSignal));
    expect(result.current.running).toBe(false);

    await hear({ id: 'scan-3' });
    expect(result.current.running).toBe(true);
    await act(() => result.current.cancel());
    expect(api.cancelScan).toHaveBeenCalledWith('scan-3');
    expect(result.current).toMatchObject({
      running: false,
      cancelling: false,
      scan: { state: 'cancelled' },
    });
    expect(onFinished).toHaveBeenCalledTimes(2);
  });
});
