import { ConfigReader } from '@backstage/config';
import { readPrometheusConfig } from './PrometheusConfig';

const read = (...servers: object[]) =>
  readPrometheusConfig(
    // As a configuration file would give it.
    new ConfigReader(
      JSON.parse(JSON.stringify({ ownership: { prometheus: { servers } } })),
    ),
  );
const main = { name: 'main', url: 'https://prometheus.example.org/' };

describe('readPrometheusConfig', () => {
  it('reads servers with tenant, authentication and headers', () => {
    expect(readPrometheusConfig(new ConfigReader({}))).toEqual({
      servers: [],
      componentLabels: ['component', 'sloth_service', 'service'],
    });
    expect(
      read(
        {
          ...main,
          default: true,
          tenant: 'team-a',
          auth: { type: 'bearer', token: 'secret' },
          headers: { 'X-Extra': '1' },
          timeout: { minutes: 1, seconds: 5 },
          partialResponse: false,
          discover: false,
        },
        {
          name: 'eu',
          url: 'http://mimir:8080/prometheus',
          auth: { type: 'basic', username: 'u', password: 'p:ä' },
        },
      ).servers,
    ).toEqual([
      {
        name: 'main',
        url: 'https://prometheus.example.org',
        isDefault: true,
        headers: {
          authorization: 'Bearer secret',
          'x-extra': '1',
          'x-scope-orgid': 'team-a',
        },
        timeoutMs: 65_000,
        partialResponse: false,
        discovers: false,
      },
      {
        name: 'eu',
        url: 'http://mimir:8080/prometheus',
        isDefault: false,
        headers: { authorization: 'Basic dTpwOsOk' },
        timeoutMs: 30_000,
        partialResponse: undefined,
        discovers: true,
      },
    ]);
  });

  it('refuses a label that is none', () => {
    expect(() =>
      readPrometheusConfig(
        new ConfigReader({
          ownership: {
            prometheus: { discovery: { componentLabels: ['a-b'] } },
          },
        }),
      ),
    ).toThrow('componentLabels: a-b is no name a label can have');
  });

  it.each<[object[], RegExp]>([
    [[{ name: 'a', url: 'ftp://x' }], /servers\[0\]\.url must be an http/],
    [[{ name: 'a', url: 'https://u:p@x' }], /without credentials/],
    [[main, main], /two servers called main/],
    [
      [
        { ...main, default: true },
        { ...main, name: 'b', default: true },
      ],
      /only one server can be the default/,
    ],
    [[{ ...main, auth: { type: 'digest' } }], /must be bearer or basic/],
    [[{ ...main, timeout: { seconds: 0 } }], /from 1 second to 5 minutes/],
    [[{ ...main, timeout: { hours: 1 } }], /from 1 second to 5 minutes/],
  ])('refuses %j', (servers, message) => {
    expect(() => read(...servers)).toThrow(message);
  });

  it('never repeats a secret in an error', () => {
    expect(() =>
      read({ ...main, auth: { type: 'bearer', token: 'top\nsecret' } }),
    ).toThrow(
      /^ownership\.prometheus\.servers\[0\]\.auth\.token is no value an HTTP header can have$/,
    );
  });
});
