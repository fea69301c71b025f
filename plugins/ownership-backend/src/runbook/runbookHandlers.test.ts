import { Readable } from 'node:stream';
import { symlinkSync } from 'node:fs';
import {
  createMockDirectory,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { runbookRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import request from 'supertest';
import { TestPolicy, testServer } from '../__testUtils__/testServer';
import {
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../__testUtils__/writeOrganisation';
import { RunbookReader } from './RunbookReader';
import { runbookHandlers } from './runbookHandlers';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const files = createMockDirectory();
const repository = 'https://github.com/acme/shop/blob/main/services/cart';

const runbooks = {
  good: 'docs/rollback.md#steps',
  up: '../shared/incident.md',
  out: '../../../../../../other/secrets/blob/main/a.md',
  web: 'https://evil.example/a.md',
  local: 'http://169.254.169.254/latest/meta-data',
  techdocs: 'techdocs:rollback',
  script: 'docs/run.sh',
  missing: 'docs/missing.md',
  huge: 'docs/huge.md',
  link: 'docs/link.md',
  folder: 'docs/folder.md',
};

async function setUp() {
  const knex = await migratedDatabase(databases, 'SQLITE_3');
  const contract = {
    runbooks: Object.entries(runbooks).map(([id, url]) => ({
      id,
      title: `Runbook ${id}`,
      url,
    })),
    provenance: {},
  };
  const valid = { contract, contractStatus: 'valid' as const };
  await writeOrganisation(knex, {
    directory: testDirectory({}),
    components: [
      { name: 'hosted', owners: [], document: valid },
      { name: 'local', owners: [], document: valid },
      { name: 'nowhere', owners: [], document: valid },
      {
        name: 'central',
        owners: [],
        document: {
          ...valid,
          contractSources: [
            { form: 'entity', entityRef: 'ownershipcontract:default/central' },
          ],
        },
      },
    ],
  });
  const entity = (kind: string, name: string, location?: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: location
        ? { 'backstage.io/managed-by-location': location }
        : undefined,
    },
  });
  const catalog = catalogServiceMock({
    entities: [
      entity('Component', 'hosted', `url:${repository}/catalog-info.yaml`),
      entity(
        'Component',
        'local',
        `file:${files.resolve('allowed/catalog-info.yaml')}`,
      ),
      entity('Component', 'nowhere'),
      entity('Component', 'central', `url:${repository}/catalog-info.yaml`),
      entity(
        'OwnershipContract',
        'central',
        'url:https://github.com/acme/contracts/blob/main/central.yaml',
      ),
    ],
  });
  const urlReader = mockServices.urlReader.mock();
  const policy = new TestPolicy();
  const reader = new RunbookReader({
    knex,
    catalog,
    auth: mockServices.auth(),
    urlReader,
    integrations: ScmIntegrations.fromConfig(
      new ConfigReader({ integrations: { github: [{ host: 'github.com' }] } }),
    ),
    localDirectories: [files.resolve('allowed')],
    now: () => new Date('2026-11-21T12:00:00Z'),
  });
  const app = testServer(add =>
    add(
      runbookRoutes,
      runbookHandlers({
        runbooks: reader,
        visibility: policy.visibility(catalog),
      }),
    ),
  );
  const get = async (name: string, id: string) => {
    const { status, body } = await request(app).get(
      `/entities/component/default/${name}/runbooks/${id}/content`,
    );
    return { status, message: body.error?.message, body };
  };
  const answering = (...chunks: string[]) =>
    urlReader.readUrl.mockImplementation(async () => ({
      buffer: async () => Buffer.concat(chunks.map(c => Buffer.from(c))),
      stream: () => Readable.from(chunks.map(c => Buffer.from(c))),
    }));
  return { get, urlReader, answering, policy };
}

describe('the content of runbooks', () => {
  it('comes from the repository of the component and from nowhere else', async () => {
    const { get, urlReader, answering } = await setUp();
    answering('# Roll', ' back ü');

    expect((await get('hosted', 'good')).body).toEqual({
      title: 'Runbook good',
      markdown: '# Roll back ü',
      readAt: '2026-11-21T12:00:00.000Z',
    });
    expect((await get('hosted', 'up')).status).toBe(200);
    expect((await get('central', 'good')).status).toBe(200);
    expect(urlReader.readUrl.mock.calls.map(([url]) => url)).toEqual([
      `${repository.replace('blob', 'tree')}/docs/rollback.md`,
      'https://github.com/acme/shop/tree/main/services/shared/incident.md',
      'https://github.com/acme/contracts/tree/main/docs/rollback.md',
    ]);
    urlReader.readUrl.mockClear();

    for (const id of ['out', 'web', 'local', 'techdocs', 'script', 'nope']) {
      expect([id, (await get('hosted', id)).status]).toEqual([id, 404]);
    }
    expect((await get('hosted', 'out')).message).toMatch(
      /leads out of the repository/,
    );
    expect((await get('hosted', 'web')).message).toMatch(
      /not a Markdown file in the repository/,
    );
    expect((await get('hosted', 'nope')).message).toBe(
      'component:default/hosted has no runbook "nope"',
    );
    expect((await get('nowhere', 'good')).status).toBe(404);
    expect((await get('unknown', 'good')).status).toBe(404);
    expect(urlReader.readUrl).not.toHaveBeenCalled();
  });

  it('says what went wrong at the code host', async () => {
    const { get, urlReader, answering, policy } = await setUp();
    urlReader.readUrl.mockRejectedValueOnce(new NotFoundError('404'));
    expect(await get('hosted', 'good')).toMatchObject({
      status: 404,
      message: expect.stringMatching(/There is no file "docs\/rollback.md" at/),
    });
    urlReader.readUrl.mockRejectedValueOnce(
      new NotAllowedError('Reading is not allowed'),
    );
    expect(await get('hosted', 'good')).toMatchObject({
      status: 403,
      message: '"docs/rollback.md" may not be read: Reading is not allowed',
    });
    urlReader.readUrl.mockRejectedValueOnce(new Error('connect ECONNREFUSED'));
    expect(await get('hosted', 'good')).toMatchObject({
      status: 502,
      message: expect.stringMatching(/could not be read.*ECONNREFUSED/),
    });
    answering(...Array.from({ length: 6 }, () => 'x'.repeat(100 * 1024)));
    expect(await get('hosted', 'huge')).toMatchObject({
      status: 403,
      message: '"docs/huge.md" is not shown: it is larger than 512 kB',
    });
    policy.hidden.add('component:default/hosted');
    expect((await get('hosted', 'good')).status).toBe(403);
  });

  it('reads files of this machine only below the directories listed for it', async () => {
    files.setContent({
      'allowed/docs/rollback.md': '# Local',
      'allowed/docs/huge.md': 'x'.repeat(600 * 1024),
      'allowed/docs/folder.md/inside.md': 'x',
      'shared/incident.md': 'secret',
    });
    symlinkSync(
      files.resolve('shared/incident.md'),
      files.resolve('allowed/docs/link.md'),
    );
    const { get, urlReader } = await setUp();

    expect((await get('local', 'good')).body.markdown).toBe('# Local');
    expect(await get('local', 'up')).toMatchObject({
      status: 403,
      message:
        'The file "../shared/incident.md" is not below a directory listed at ownership.runbooks.localDirectories',
    });
    expect((await get('local', 'link')).status).toBe(403);
    expect((await get('local', 'out')).status).toBe(403);
    expect((await get('local', 'missing')).status).toBe(404);
    expect((await get('local', 'folder')).status).toBe(404);
    expect((await get('local', 'huge')).message).toMatch(/larger than 512 kB/);
    expect(urlReader.readUrl).not.toHaveBeenCalled();
  });
});
