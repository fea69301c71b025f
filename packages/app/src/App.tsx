import { createApp } from '@backstage/frontend-defaults';
import { catalogModule } from './catalog/catalogModule';
import { startModule } from './home/startModule';
import { navigationModule } from './navigation/navigationModule';
import { signInModule } from './signIn/signInModule';

// Plugins, this suite's included, are found in package.json: see app.packages
// in app-config.yaml.
export default createApp({
  features: [catalogModule, navigationModule, signInModule, startModule],
});
