import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { parse } from 'yaml';

/** What is planted in the example; see examples/PLANTED.yaml. */
export const planted: {
  orphaned: string[];
  atRisk: string[];
  findings: Record<string, string[]>;
  findingsOfObjectives: Record<string, string[]>;
} = parse(readFileSync(join('examples', 'PLANTED.yaml'), 'utf8'));

/** The copy of the example that the portal under test reads. */
export const exampleFolder = join('test-results', 'data', 'example');

/** Calls the portal's API as the example's one user. */
export class PortalApi {
  #token?: string;

  constructor(private readonly request: APIRequestContext) {}

  async get(path: string): Promise<string> {
    this.#token ??= await this.#signIn();
    const response = await this.request.get(path, {
      headers: { Authorization: `Bearer ${this.#token}` },
    });
    expect(response.status(), `${path}: ${await response.text()}`).toBe(200);
    return response.text();
  }

  async json<T>(path: string): Promise<T> {
    return JSON.parse(await this.get(path));
  }

  /** Takes an alias back, if there is one, and has the portal look again. */
  async removeAlias(from: string): Promise<void> {
    this.#token ??= await this.#signIn();
    const response = await this.request.delete(
      `/api/ownership/directory/aliases?from=${encodeURIComponent(from)}`,
      { headers: { Authorization: `Bearer ${this.#token}` } },
    );
    expect([204, 404], await response.text()).toContain(response.status());
  }

  /** Refs of the orphaned components in the CSV report, sorted. */
  async reportedOrphans(): Promise<string[]> {
    const csv = await this.get('/api/ownership/drift/report?format=csv');
    const [header, ...rows] = csv.trim().split('\n');
    const columns = header.split(',');
    const refs = rows
      .map(row => row.split(','))
      .filter(cells => cells[columns.indexOf('state')] === 'orphaned')
      .map(cells => cells[columns.indexOf('entityRef')]);
    return [...new Set(refs)].sort();
  }

  /** Refs that the catalog itself says are orphaned, sorted. */
  async flaggedOrphans(): Promise<string[]> {
    const entities = await this.json<
      Array<{ kind: string; metadata: { name: string; namespace: string } }>
    >(
      '/api/catalog/entities?filter=metadata.labels.service-ownership.io/state=orphaned&fields=kind,metadata.name,metadata.namespace',
    );
    return entities
      .map(({ kind, metadata }) =>
        `${kind}:${metadata.namespace}/${metadata.name}`.toLocaleLowerCase(
          'en-US',
        ),
      )
      .sort();
  }

  async #signIn(): Promise<string> {
    const response = await this.request.post('/api/auth/guest/refresh');
    const { backstageIdentity } = await response.json();
    return backstageIdentity.token;
  }
}

/** Waits until the scans have seen the whole example and its grace period is over. */
export async function exampleIsJudged(api: PortalApi): Promise<void> {
  await expect
    .poll(() => api.reportedOrphans(), {
      message: 'the planted orphans, and no others, are in the report',
      timeout: 240_000,
    })
    .toEqual([...planted.orphaned].sort());
}

/** Waits until the month of samples is in and every objective was evaluated. */
export async function samplesAreIn(api: PortalApi): Promise<void> {
  await expect
    .poll(
      async () => {
        const { summary } = await api.json<{
          summary: { byState: Record<string, number> };
        }>('/api/ownership/slos?limit=1');
        return summary.byState.met ?? 0;
      },
      { message: 'most objectives are met', timeout: 240_000 },
    )
    .toBeGreaterThan(30);
}

/** Opens a page in a theme and collects what goes wrong in the browser meanwhile. */
export async function open(
  page: Page,
  path: string,
  theme: 'light' | 'dark' = 'light',
): Promise<string[]> {
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error') {
      problems.push(message.text());
    }
  });
  await page.addInitScript(
    name => window.localStorage.setItem('theme', name),
    theme,
  );
  await page.goto(path);
  return problems;
}
