import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * Who is on call for one rotation at one moment.
 *
 * @public
 */
export interface OnCallShift {
  /**
   * Who is on call: user refs (`user:default/ada`) or e-mail addresses, which
   * are matched to users of the catalog. Empty where nobody is on call.
   */
  people: string[];
  /** When the shift ends, if known. */
  until?: Date;
  /** Where a person can see the rotation: http or https. */
  url?: string;
}

/**
 * Knows who is on call. Asked on a schedule, never while a page is waiting.
 *
 * @public
 */
export interface OnCallProvider {
  /** What contracts write at `onCall.provider`: `pagerduty`, `opsgenie`, … */
  readonly id: string;
  /**
   * Answers for many rotations at once.
   *
   * @param options - `refs`: the texts at `onCall.ref`, at most 500 a call
   * @returns shifts by ref; a ref that is left out is unknown to the provider
   * @throws where the provider cannot be asked just now: every rotation then
   * shows as unknown with the message of the error
   */
  getShifts(options: {
    refs: string[];
    now: Date;
    signal: AbortSignal;
  }): Promise<Map<string, OnCallShift>>;
}

/**
 * Adds on-call providers.
 *
 * @public
 */
export interface OwnershipOnCallProvidersExtensionPoint {
  /**
   * Adds providers of who is on call.
   *
   * @param providers - providers whose ids are not taken yet; `static` is built
   * in. A taken id fails the start of the backend with a message that names it
   */
  addProviders(...providers: OnCallProvider[]): void;
}

/**
 * Where modules add on-call providers.
 *
 * @public
 */
export const ownershipOnCallProvidersExtensionPoint =
  createExtensionPoint<OwnershipOnCallProvidersExtensionPoint>({
    id: 'ownership.onCallProviders',
  });
