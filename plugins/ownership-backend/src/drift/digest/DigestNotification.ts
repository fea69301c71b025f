/** A notification after a scan. */
export interface DigestNotification {
  /** Entity ref of a group or a user. */
  recipient: string;
  title: string;
  description: string;
  /** A path of the portal. */
  link: string;
  severity: 'high' | 'normal' | 'low';
  /** The same whenever it is sent: the notifications plugin then keeps one. */
  scope: string;
}
