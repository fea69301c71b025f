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
    async pushEvents({ body, credentials, response, note }) {
      await visibility.require(ownershipEventWritePermission, credentials);
      const answer = await deliveries.receive(
        cloudEventsOf(response.req, body),
      );
      const { results } = answer;
      const stored = results.filter(({ status }) => status === 'stored').length;
      note({ events: results.length, stored });
      return answer;
    },

    async pushMeasurements({ body, credentials, note }) {
      await visibility.require(
        ownershipMeasurementWritePermission,
        credentials,
      );
      const answer = await measurements.push(body.measurements);
      note({ accepted: answer.accepted, rejected: answer.rejected.length });
      return answer;
    },

    async importFocus({ query, credentials, response, note }) {
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
      const answer = await measurements.importFocus({
        ...query,
        stream: request,
      });
      note({ ...query, months: answer.months });
      return answer;
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
