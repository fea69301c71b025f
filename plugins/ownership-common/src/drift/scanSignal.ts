import type { Scan } from './schema';

/**
 * The channel of Backstage signals on which running scans tell how far they are.
 *
 * @public
 */
export const SCAN_SIGNAL_CHANNEL = 'ownership:scan';

/**
 * What is sent on `SCAN_SIGNAL_CHANNEL`: when a scan starts, about once a
 * second while it runs, and when it ends. It names no component; who wants to
 * know more asks for the scan.
 *
 * @public
 */
export type ScanSignal = Pick<Scan, 'id' | 'state' | 'processed' | 'total'>;
