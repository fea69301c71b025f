import { PluginHeader } from '@backstage/ui';
import { RiShieldUserLine } from '@remixicon/react';
import { EmptyState } from '@service-ownership/backstage-plugin-ownership-react';
import { lazy, Suspense } from 'react';
import { Route, Routes, useResolvedPath } from 'react-router-dom';
import { RowsSkeleton } from './screen/RowsSkeleton';
import { ScreenLink } from './screen/ScreenLink';
import { ScreenTabs } from './screen/ScreenTabs';
import { PagesRootContext } from './screen/usePagesRoot';
import { TeamsProvider } from './screen/TeamsProvider';
import { usePagesTranslation } from './usePagesTranslation';
import screen from './screen/Screen.module.css';
import tabs from './screen/ScreenTabs.module.css';

const OverviewScreen = lazy(() =>
  import('./overview/OverviewScreen').then(module => ({
    default: module.OverviewScreen,
  })),
);
const ComponentsScreen = lazy(() =>
  import('./overview/ComponentsScreen').then(module => ({
    default: module.ComponentsScreen,
  })),
);
const MeasuredScreen = lazy(() =>
  import('./measure/MeasuredScreen').then(module => ({
    default: module.MeasuredScreen,
  })),
);
const DriftScreen = lazy(() =>
  import('./drift/DriftScreen').then(module => ({
    default: module.DriftScreen,
  })),
);
const RulesScreen = lazy(() =>
  import('./drift/rules/RulesScreen').then(module => ({
    default: module.RulesScreen,
  })),
);
const SlosScreen = lazy(() =>
  import('./slo/SlosScreen').then(module => ({ default: module.SlosScreen })),
);
const DiscoveryScreen = lazy(() =>
  import('./slo/discovery/DiscoveryScreen').then(module => ({
    default: module.DiscoveryScreen,
  })),
);
const SloDetailScreen = lazy(() =>
  import('./slo/detail/SloDetailScreen').then(module => ({
    default: module.SloDetailScreen,
  })),
);
const ScorecardsScreen = lazy(() =>
  import('./scorecard/ScorecardsScreen').then(module => ({
    default: module.ScorecardsScreen,
  })),
);
const InitiativesScreen = lazy(() =>
  import('./initiative/InitiativesScreen').then(module => ({
    default: module.InitiativesScreen,
  })),
);
const InitiativeScreen = lazy(() =>
  import('./initiative/InitiativeScreen').then(module => ({
    default: module.InitiativeScreen,
  })),
);
const HandoversScreen = lazy(() =>
  import('./handover/HandoversScreen').then(module => ({
    default: module.HandoversScreen,
  })),
);
const HandoverScreen = lazy(() =>
  import('./handover/HandoverScreen').then(module => ({
    default: module.HandoverScreen,
  })),
);

/**
 * The ownership pages under one route: overview, drift, SLOs, scorecards,
 * initiatives and rules. Draws its own header with the tabs, so mount it without another one
 * (`noHeader` in the new frontend system).
 *
 * @public
 */
export function OwnershipPage() {
  const { t } = usePagesTranslation();
  const root = useResolvedPath('.').pathname.replace(/\/$/, '');
  return (
    <PagesRootContext.Provider value={root}>
      <TeamsProvider>
        <main>
          <PluginHeader
            title={t('pages.title')}
            titleLink={root}
            className={tabs.header}
            icon={<RiShieldUserLine />}
          />
          <ScreenTabs />
          <Suspense
            fallback={
              <div className={screen.screen}>
                <RowsSkeleton rows={6} height={64} />
              </div>
            }
          >
            <Routes>
              <Route index element={<OverviewScreen />} />
              <Route path="components" element={<ComponentsScreen />} />
              <Route path="measures" element={<MeasuredScreen />} />
              <Route path="drift" element={<DriftScreen />} />
              <Route path="slos" element={<SlosScreen />} />
              <Route path="slos/discovery" element={<DiscoveryScreen />} />
              <Route
                path="slos/:kind/:namespace/:name/:slo"
                element={<SloDetailScreen />}
              />
              <Route path="scorecards" element={<ScorecardsScreen />} />
              <Route path="initiatives" element={<InitiativesScreen />} />
              <Route path="initiatives/:id" element={<InitiativeScreen />} />
              <Route path="handovers" element={<HandoversScreen />} />
              <Route path="handovers/:id" element={<HandoverScreen />} />
              <Route path="rules" element={<RulesScreen />} />
              <Route path="*" element={<NoSuchPage />} />
            </Routes>
          </Suspense>
        </main>
      </TeamsProvider>
    </PagesRootContext.Provider>
  );
}

function NoSuchPage() {
  const { t } = usePagesTranslation();
  return (
    <div className={screen.screen}>
      <EmptyState
        title={t('pages.notFound.title')}
        action={<ScreenLink to="">{t('pages.notFound.next')}</ScreenLink>}
      />
    </div>
  );
}
