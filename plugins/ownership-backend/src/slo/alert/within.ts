/**
 * Waits for something that may never come.
 *
 * @param milliseconds - how long to wait. `whom`: who is to answer
 * @throws Error once the time is over; what was waited for goes on
 */
export async function within<T>(
  milliseconds: number,
  promise: Promise<T>,
  whom?: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Error(
            `No answer${whom ? ` of ${whom}` : ''} within ${
              milliseconds / 1000
            } s`,
          ),
        ),
      milliseconds,
    );
    // A process that is to end does not wait for it.
    timer.unref();
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
