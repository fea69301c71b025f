import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  it('starts with every plugin of the suite and shows the sidebar', async () => {
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

    expect(await screen.findByRole('alert')).toBeInTheDocument();
  });
});
