// Tech Insights and its checks, as installed beside this file, for the process
// of the portal.
import { createRequire } from 'node:module';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';

const require = createRequire(import.meta.url);

/**
 * The features to add to the backend. Adds to `calls` what runs all fact
 * retrievers at once, as the scheduler does when they have one cadence: the
 * functions that the plugin gave it, without the seconds that it takes to
 * notice that they are due.
 */
export function peerFeatures({ calls }) {
  const retrievers = [];
  calls.retrieveFacts = async () => {
    const start = performance.now();
    const { signal } = new AbortController();
    await Promise.all(retrievers.map(retrieve => retrieve(signal)));
    return { milliseconds: performance.now() - start };
  };
  const listener = createBackendModule({
    pluginId: 'tech-insights',
    moduleId: 'benchmark',
    register(reg) {
      reg.registerInit({
        deps: { scheduler: coreServices.scheduler },
        // The scheduler of a plugin is the same object for its modules, which
        // start before it.
        async init({ scheduler }) {
          const scheduleTask = scheduler.scheduleTask.bind(scheduler);
          scheduler.scheduleTask = async task => {
            retrievers.push(task.fn);
            await scheduleTask(task);
          };
        },
      });
    },
  });
  return [
    require('@backstage-community/plugin-tech-insights-backend'),
    require('@backstage-community/plugin-tech-insights-backend-module-jsonfc'),
    listener,
  ];
}
