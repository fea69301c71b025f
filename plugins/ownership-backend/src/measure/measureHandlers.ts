import { InputError } from '@backstage/errors';
import {
  ownershipEventWritePermission,
  ownershipMeasurementWritePermission,
  ownershipReadPermission,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { measureRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import { readRef } from '../entity/entityHandlers';
import { cloudEventsOf } from './cloudEventsOf';
import type { DeliveryService } from './DeliveryService';
import type { MeasurementService } from './MeasurementService';
import type { MeasureReport } from './MeasureReport';

/**
 * Answers the calls of deployments, incidents and measurements.
 */
export function measureHandlers(options: {
  deliveries: DeliveryService;
  measurements: MeasurementService;
  measures: MeasureReport;
  visibility: Visibility;
}): Handlers<typeof measureRoutes> {
  const { deliveries, measurements, measures, visibility } = options;
  return {
    async pushEvents({ body, credentials, response }) {
      await visibility.require(ownershipEventWritePermission, credentials);
      return deliveries.receive(cloudEventsOf(response.req, body));
    },

    async pushMeasurements({ body, credentials }) {
      await visibility.require(
        ownershipMeasurementWritePermission,
        credentials,
      );
      return measurements.push(body.measurements);
    },

    async importFocus({ query, credentials, response }) {
      await visibility.require(
        ownershipMeasurementWritePermission,
        credentials,
      );
      const request = response.req;
      if (!request.is('text/csv')) {
        throw new InputError(
          'Send the file itself, with the header Content-Type: text/csv',
        );
      }
      if (request.get('content-encoding')) {
        throw new InputError('Send the file uncompressed');
      }
      return measurements.importFocus({ ...query, stream: request });
    },

    async getEntityMeasures({ params, query, credentials }) {
      const entityRef = readRef(params);
      await visibility.requireOnEntity(
        ownershipReadPermission,
        entityRef,
        credentials,
      );
      return measures.entity({ entityRef, days: query.days });
    },

    async listMeasured({ query, credentials }) {
      return measures.list({
        query,
        visible: await visibility.visibleRefs(credentials),
      });
    },

    async getMeasureRollup({ query, credentials }) {
      return measures.rollup({
        ...query,
        visible: await visibility.visibleRefs(credentials),
      });
    },
  };
}
