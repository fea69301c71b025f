import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { ComponentFacts } from '@service-ownership/backstage-plugin-ownership-common';
import type { OnCallProvider } from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import type { JudgedComponent } from '../drift/ScanConsumer';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../__testUtils__/writeOrganisation';
import { answerOnCall, type OnCallColumns } from './OnCallAnswer';
import { OnCallConsumer } from './OnCallConsumer';
import { OnCallRefresher } from './OnCallRefresher';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const directory = testDirectory({ payments: { members: ['ada', 'bo'] } });
const now = new Date('2026-11-21T12:00:00Z');

type OnCall = ComponentFacts['effective']['onCall'];

const pager = (ref: string): OnCall => ({ provider: 'pager', ref });
const rotating: OnCall = {
  provider: 'static',
  ref: 'group:default/payments',
  rotation: {
    participants: ['user:default/ada', 'group:default/payments'],
    startsAt: '2026-11-16',
    every: 'P4D',
  },
};
const onCalls: Record<string, OnCall> = {
  one: pager('P1'),
  two: pager('P2'),
  same: pager('P1'),
  other: { provider: 'elsewhere', ref: 'E1' },
  person: { provider: 'static', ref: 'user:default/gone' },
  team: { provider: 'static', ref: 'group:default/payments' },
  rotating,
  none: undefined,
};

const batch = (some: Record<string, OnCall> = onCalls) =>
  Object.entries(some).map(
    ([name, onCall]) =>
      ({
        facts: {
          entityRef: `component:default/${name}`,
          effective: { onCall, provenance: {} },
        } as ComponentFacts,
      } as JudgedComponent),
  );

async function answer(knex: Knex, name: string, at = now) {
  const stored: OnCallColumns = await knex('on_call_rotations as r')
    .leftJoin('on_call_shifts as s', join =>
      join.on('s.provider', 'r.provider').on('s.ref', 'r.ref'),
    )
    .where('r.entity_ref', `component:default/${name}`)
    .select({
      rotation_people: 'r.people',
      shift_people: 's.people',
      shift_until: 's.until',
      shift_url: 's.url',
      shift_unknown_reason: 's.unknown_reason',
    })
    .first();
  return answerOnCall({
    onCall: onCalls[name],
    stored,
    providers: new Set(['pager']),
    now: at,
  });
}

const ada = {
  ref: 'user:default/ada',
  title: 'The ada',
  email: 'ada@example.org',
  picture: undefined,
  resolves: true,
};
const bo = {
  ...ada,
  ref: 'user:default/bo',
  title: 'The bo',
  email: 'bo@example.org',
};

describe.each(databases.eachSupportedId())('on call on %s', databaseId => {
  it('asks each provider once for all rotations, and survives what it answers', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    await writeOrganisation(knex, { directory, components: [] });
    const consumer = new OnCallConsumer({ knex });
    const scan = { scanId: '1', now, directory };
    await consumer.accept(batch(), scan);
    await consumer.finish(scan);

    let behaviour: OnCallProvider['getShifts'] = async () =>
      new Map([
        [
          'P1',
          {
            people: ['Ada@Example.org', 'user:default/bo', 'who@example.org'],
            until: new Date('2026-11-22T08:00:00Z'),
            url: 'https://pager.example/P1',
          },
        ],
        ['P3', { people: [], until: new Date(NaN), url: 'file:///etc/passwd' }],
      ]);
    const getShifts = jest.fn(
      (options: Parameters<OnCallProvider['getShifts']>[0]) =>
        behaviour(options),
    );
    const refresher = new OnCallRefresher({
      knex,
      providers: [{ id: 'pager', getShifts }],
      logger: mockServices.logger.mock(),
      now: () => now,
      patienceMs: 20,
    });
    const refresh = () =>
      refresher.refresh({ signal: new AbortController().signal });

    expect((await answer(knex, 'one'))?.unknownReason).toBe(
      'pager has not been asked yet',
    );
    await refresh();
    expect(getShifts.mock.calls.map(([{ refs }]) => [...refs].sort())).toEqual([
      ['P1', 'P2'],
    ]);
    expect(await answer(knex, 'one')).toEqual({
      provider: 'pager',
      ref: 'P1',
      people: [
        ada,
        bo,
        {
          ref: 'who@example.org',
          title: 'who@example.org',
          email: 'who@example.org',
          resolves: false,
        },
      ].map(person => JSON.parse(JSON.stringify(person))),
      until: '2026-11-22T08:00:00.000Z',
      url: 'https://pager.example/P1',
    });
    expect(await answer(knex, 'same')).toEqual(await answer(knex, 'one'));
    expect((await answer(knex, 'two'))?.unknownReason).toBe(
      'pager does not know "P2"',
    );
    expect((await answer(knex, 'other'))?.unknownReason).toBe(
      'No on-call provider "elsewhere" is installed',
    );

    const { statements } = await countingStatements(knex, refresh);
    expect(statements.filter(sql => /^(insert|update)/i.test(sql))).toEqual([]);

    behaviour = async () => {
      throw new Error('503 Service Unavailable');
    };
    await refresh();
    expect(await answer(knex, 'one')).toEqual({
      provider: 'pager',
      ref: 'P1',
      people: [],
      unknownReason:
        'pager could not be asked at 2026-11-21T12:00:00.000Z: 503 Service Unavailable',
    });
    behaviour = () => new Promise(() => {});
    await refresh();
    expect((await answer(knex, 'one'))?.unknownReason).toMatch(
      /could not be asked at .*timeout/,
    );

    // What no component names any more is forgotten; odd answers are cleaned.
    onCalls.three = pager('P3');
    behaviour = async () =>
      new Map([
        ['P3', { people: [], until: new Date(NaN), url: 'file:///etc/passwd' }],
      ]);
    const next = { ...scan, scanId: '2' };
    await consumer.accept(batch({ three: onCalls.three }), next);
    await consumer.finish(next);
    await refresh();
    expect(await answer(knex, 'three')).toEqual({
      provider: 'pager',
      ref: 'P3',
      people: [],
    });
    expect(await knex('on_call_shifts').pluck('ref')).toEqual(['P3']);
    expect(await knex('on_call_rotations').pluck('entity_ref')).toEqual([
      'component:default/three',
    ]);
    delete onCalls.three;
  });

  it('knows static rotations without asking anybody', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    await writeOrganisation(knex, { directory, components: [] });
    const consumer = new OnCallConsumer({ knex });
    const scan = async (scanId: string, fed = batch()) => {
      await consumer.accept(fed, { scanId, now, directory });
      await consumer.finish({ scanId, now, directory });
    };
    await scan('1');
    const again = await countingStatements(knex, () => scan('2'));
    expect(again.statements).toHaveLength(1);

    expect((await answer(knex, 'team'))?.people.map(p => p.ref)).toEqual([
      ada.ref,
      bo.ref,
    ]);
    expect((await answer(knex, 'person'))?.people).toEqual([
      {
        ref: 'user:default/gone',
        title: 'user:default/gone',
        resolves: false,
      },
    ]);
    expect(await answer(knex, 'rotating')).toMatchObject({
      people: [{ ref: ada.ref }, { ref: bo.ref }],
      until: '2026-11-24T00:00:00.000Z',
    });
    expect(
      await answer(knex, 'rotating', new Date('2026-11-25T00:00:00Z')),
    ).toMatchObject({
      people: [{ ref: ada.ref, title: 'The ada' }],
      until: '2026-11-28T00:00:00.000Z',
    });
    expect(
      (await answer(knex, 'rotating', new Date('2026-11-01T00:00:00Z')))
        ?.people,
    ).toEqual([]);

    await scan('3', batch({ rotating: undefined }));
    expect(
      await knex('on_call_rotations').where(
        'entity_ref',
        'component:default/rotating',
      ),
    ).toEqual([]);
  });
});
