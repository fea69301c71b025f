import { render, waitFor } from '@testing-library/react';
import App from './App';

// The one answer the app waits for. Plugins are found by the bundler, so there
// are none here: the real portal is tested in e2e-tests.
function answer(url: string): Response {
  if (!url.endsWith('/api/auth/guest/refresh')) {
    return new Response(JSON.stringify({ error: { message: 'not here' } }), {
      status: 503,
      headers: { 'Content-Type': 'application/json' },
    });
  }
  const now = Math.floor(Date.now() / 1000);
  const claims = btoa(JSON.stringify({ iat: now, exp: now + 3600 }));
  return new Response(
    JSON.stringify({
      profile: {},
      backstageIdentity: {
        token: `x.${claims}.x`,
        identity: {
          type: 'user',
          userEntityRef: 'user:default/ada',
          ownershipEntityRefs: [],
        },
      },
    }),
    { headers: { 'Content-Type': 'application/json' } },
  );
}

describe('App', () => {
  it('signs the visitor in and opens where ownership is told', async () => {
    jest
      .spyOn(global, 'fetch')
      .mockImplementation(async input =>
        answer(input instanceof Request ? input.url : String(input)),
      );
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          data: {
            app: { title: 'Test', packages: 'all' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
          context: 'test',
        },
      ] as unknown as string,
    };

    render(App.createRoot());

    await waitFor(() => expect(window.location.pathname).toBe('/ownership'));
  });
});
