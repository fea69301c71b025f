import { readDurationFromConfig } from '@backstage/config';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How one server is asked. */
export interface PrometheusServerConfig {
  name: string;
  /** Without a slash at its end. */
  url: string;
  isDefault: boolean;
  /** Tenant, authentication and all others. */
  headers: Record<string, string>;
  timeoutMs: number;
  /** Sent as `partial_response`, which Thanos knows. */
  partialResponse?: boolean;
  /** Whether SLOs that Sloth and Pyrra record there are taken over. */
  discovers: boolean;
}

/** All of `ownership.prometheus`. */
export interface PrometheusConfig {
  servers: PrometheusServerConfig[];
  /** Labels of recorded SLOs that name their component, in order. */
  componentLabels: string[];
}

const ROOT = 'ownership.prometheus.servers';
const COMPONENT_LABELS = 'ownership.prometheus.discovery.componentLabels';

/**
 * Reads what is configured, servers in their order.
 *
 * @throws InputError that names what is wrong and what is accepted
 */
export function readPrometheusConfig(config: Config): PrometheusConfig {
  const componentLabels = config.getOptionalStringArray(COMPONENT_LABELS) ?? [
    'component',
    'sloth_service',
    'service',
  ];
  const wrong = componentLabels.find(label => !/^[a-zA-Z_]\w*$/.test(label));
  if (wrong !== undefined) {
    throw new InputError(
      `${COMPONENT_LABELS}: ${wrong} is no name a label can have`,
    );
  }
  return { servers: readServers(config), componentLabels };
}

function readServers(config: Config): PrometheusServerConfig[] {
  const servers = (config.getOptionalConfigArray(ROOT) ?? []).map(readServer);
  const names = servers.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(`${ROOT}: there are two servers called ${twice}`);
  }
  if (servers.filter(({ isDefault }) => isDefault).length > 1) {
    throw new InputError(`${ROOT}: only one server can be the default`);
  }
  return servers;
}

function readServer(config: Config, index: number): PrometheusServerConfig {
  const at = `${ROOT}[${index}]`;
  const text = config.getString('url');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search) {
    throw new InputError(
      `${at}.url must be an http or https address without credentials and query`,
    );
  }
  return {
    name: config.getString('name'),
    url: url.href.replace(/\/+$/, ''),
    isDefault: config.getOptionalBoolean('default') ?? false,
    headers: readHeaders(config, at),
    timeoutMs: readTimeout(config, at),
    partialResponse: config.getOptionalBoolean('partialResponse'),
    discovers: config.getOptionalBoolean('discover') ?? true,
  };
}

function readHeaders(config: Config, at: string): Record<string, string> {
  const headers = new Headers();
  const set = (name: string, value: string, where: string) => {
    try {
      headers.set(name, value);
    } catch {
      // The value may be a secret and is not repeated.
      throw new InputError(
        `${at}.${where} is no value an HTTP header can have`,
      );
    }
  };
  const own = config.getOptionalConfig('headers');
  for (const name of own?.keys() ?? []) {
    set(name, own!.getString(name), `headers.${name}`);
  }
  const tenant = config.getOptionalString('tenant');
  if (tenant !== undefined) {
    set('X-Scope-OrgID', tenant, 'tenant');
  }
  const auth = config.getOptionalConfig('auth');
  const type = auth?.getString('type');
  if (auth && type === 'bearer') {
    set('Authorization', `Bearer ${auth.getString('token')}`, 'auth.token');
  } else if (auth && type === 'basic') {
    const pair = `${auth.getString('username')}:${auth.getString('password')}`;
    set(
      'Authorization',
      `Basic ${Buffer.from(pair).toString('base64')}`,
      'auth',
    );
  } else if (auth) {
    throw new InputError(
      `${at}.auth.type must be bearer or basic, got ${type}`,
    );
  }
  return Object.fromEntries(headers);
}

function readTimeout(config: Config, at: string): number {
  if (!config.has('timeout')) {
    return 30_000;
  }
  const {
    minutes = 0,
    seconds = 0,
    milliseconds = 0,
    ...others
  } = readDurationFromConfig(config, { key: 'timeout' });
  const total = minutes * 60_000 + seconds * 1000 + milliseconds;
  if (Object.keys(others).length > 0 || total < 1000 || total > 300_000) {
    throw new InputError(`${at}.timeout must be from 1 second to 5 minutes`);
  }
  return total;
}
