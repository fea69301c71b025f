import { defineConfig } from '@playwright/test';

// The tests run against a portal of their own, started by ./script/start on a
// free port with an empty database, as a newcomer would start it.
const port = process.env.E2E_PORT ?? '3188';

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  timeout: 90_000,
  expect: { timeout: 30_000 },
  fullyParallel: false,
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // A second try is told apart in the report ("flaky"), not passed over.
  retries: 1,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  outputDir: 'test-results',
  use: {
    baseURL: `http://localhost:${port}`,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.BROWSER,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: './script/start',
    env: { PORT: port, DATA_DIR: 'test-results/data' },
    url: `http://localhost:${port}/.backstage/health/v1/readiness`,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    timeout: 240_000,
    stdout: 'pipe',
  },
});
