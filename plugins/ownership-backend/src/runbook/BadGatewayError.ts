import { CustomErrorBase } from '@backstage/errors';

/**
 * Somebody we had to ask gave no usable answer; answered as 502.
 */
export class BadGatewayError extends CustomErrorBase {
  name = 'BadGatewayError' as const;
  statusCode = 502;
}
