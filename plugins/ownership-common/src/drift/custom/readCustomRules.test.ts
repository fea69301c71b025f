import type { Entity } from '@backstage/catalog-model';
import { collectFacts } from '../collectFacts';
import { configureRules } from '../configureRules';
import { evaluateRules } from '../evaluateRules';
import { buildDirectory } from '../../directory';
import { readCustomRules } from './readCustomRules';

const NOW = new Date('2026-11-21T08:00:00Z');
const directory = buildDirectory({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: 'ada' },
      spec: { memberOf: ['payments'] },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'payments' },
      spec: {},
    },
  ],
});

const PAGER = {
  id: 'pager-missing',
  title: 'No pager is connected',
  severity: 'medium',
  failsWhen: {
    'metadata.annotations.pagerduty.com/integration-key': { $exists: false },
  },
  message: '{{ metadata.name }} has no pager',
};

function outcomeOf(written: object, entity: object) {
  const facts = collectFacts({
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'checkout' },
      spec: { owner: 'payments', type: 'service' },
      ...entity,
    } as Entity,
    directory,
    now: NOW,
  });
  const [{ outcome }] = evaluateRules({
    facts,
    rules: configureRules({
      rules: readCustomRules({ rules: [{ ...PAGER, ...written }], taken: [] }),
    }),
    context: { now: NOW, directory, graceMs: 0, unresolvedSince: () => NOW },
  }).outcomes;
  return outcome;
}

const annotated = (annotations: object, more: object = {}) => ({
  metadata: { name: 'checkout', annotations, ...more },
});
const passesWhen = (predicate: object) => ({
  failsWhen: undefined,
  passesWhen: predicate,
});

describe('readCustomRules', () => {
  it.each([
    ['fails', {}, {}, 'checkout has no pager'],
    [
      'reads a key with dots',
      {},
      annotated({ 'pagerduty.com/integration-key': 'P1' }),
      undefined,
    ],
    [
      'tells a key with dots from one it begins with',
      {},
      annotated({ 'pagerduty.com/integration-key.old': 'P1', pagerduty: 'x' }),
      'checkout has no pager',
    ],
    [
      'passes where passesWhen holds',
      passesWhen({ 'metadata.tags': { $contains: 'paged' } }),
      annotated({}, { tags: ['paged'] }),
      undefined,
    ],
    [
      'fails where passesWhen does not hold',
      passesWhen({ 'spec.type': { $in: ['website', 'job'] } }),
      {},
      'checkout has no pager',
    ],
    [
      'is not asked beyond appliesTo',
      { appliesTo: { kind: 'API' } },
      {},
      undefined,
    ],
    [
      'names values with dots, lists and what is not there',
      {
        message:
          '{{kind}} {{ metadata.annotations.example.com/team }}/{{ metadata.tags }}/{{ spec.nothing.at.all }}',
      },
      annotated({ 'example.com/team': 'red' }, { tags: ['a', 'b'] }),
      'Component red/a, b/nothing',
    ],
    [
      'looks into the items of a list, whose fields are their own',
      {
        failsWhen: {
          'status.items': {
            $contains: {
              level: 'error',
              type: { $hasPrefix: 'backstage.io/' },
            },
          },
        },
        message: 'broken',
      },
      { status: { items: [{ level: 'error', type: 'backstage.io/x' }] } },
      'broken',
    ],
    [
      'takes values for text, however they look',
      { message: '{{ metadata.title }}' },
      annotated({}, { title: '{{ kind }} <b>\u202e $& </b>' }),
      '{{ kind }} <b> $& </b>',
    ],
  ])('%s', (_, written, entity, message) => {
    expect(outcomeOf(written, entity)).toMatchObject(
      message === undefined ? { status: 'pass' } : { status: 'fail', message },
    );
  });

  it('shows what it looked at, and says which fields it has to be given', () => {
    const written = {
      failsWhen: { 'spec.pager.key': { $exists: false } },
      message: 'no {{ spec.other }}',
      remediation: 'Set a key for {{ metadata.name }}.',
    };
    expect(outcomeOf(written, {})).toMatchObject({
      remediation: 'Set a key for checkout.',
      evidence: [
        { label: 'spec.pager.key', value: 'none', source: 'catalog' },
        { label: 'spec.other', value: 'none', source: 'catalog' },
      ],
    });
    const [rule] = readCustomRules({
      rules: [{ ...PAGER, ...written }],
      taken: [],
    });
    expect(rule.reads).toEqual(['spec.pager.key', 'spec.other']);
    const [onStatus] = readCustomRules({
      rules: [{ ...PAGER, failsWhen: { $not: { 'status.items': 'x' } } }],
      taken: [],
    });
    expect(onStatus.reads).toEqual(['status.items']);
  });

  const deep = (levels: number): object =>
    levels === 0 ? { kind: 'API' } : { $not: deep(levels - 1) };

  it.each<[string, unknown, string]>([
    ['no list', {}, 'customRules must be a list of at most 200 rules'],
    ['no object', ['x'], 'customRules[0] must be an object with id'],
    [
      'a wrong word',
      [{ ...PAGER, titel: 'x' }],
      'customRules[0].titel is not a setting; did you mean title?',
    ],
    [
      'an id that is taken',
      [{ ...PAGER, id: 'owner-missing' }],
      'customRules[0].id: owner-missing is the id of another rule already',
    ],
    [
      'the same id twice',
      [PAGER, PAGER],
      'customRules[1].id: pager-missing is the id of ownership.drift.customRules[0] already',
    ],
    [
      'an id that is none',
      [{ ...PAGER, id: '__proto__' }],
      'customRules[0].id must be lower-case words with hyphens',
    ],
    [
      'no title',
      [{ ...PAGER, title: ' ' }],
      'customRules[0].title must be a text of 1 to 120 characters',
    ],
    [
      'no severity',
      [{ ...PAGER, severity: 'urgent' }],
      'customRules[0].severity must be one of critical, high, medium, low',
    ],
    [
      'a script for a link',
      // eslint-disable-next-line no-script-url -- what somebody may write
      [{ ...PAGER, docs: 'javascript:alert(1)' }],
      'customRules[0].docs must be a web address',
    ],
    [
      'no predicate',
      [{ ...PAGER, failsWhen: undefined }],
      'customRules[0] must have either failsWhen or passesWhen',
    ],
    [
      'two predicates',
      [{ ...PAGER, passesWhen: { kind: 'API' } }],
      'customRules[0] must have either failsWhen or passesWhen',
    ],
    [
      'a predicate that can never match',
      [{ ...PAGER, failsWhen: 'component' }],
      'customRules[0].failsWhen must be a filter predicate such as',
    ],
    [
      'a misspelt operator',
      [{ ...PAGER, failsWhen: { $and: [] } }],
      'customRules[0].failsWhen.$and is not an operator here; did you mean $any?',
    ],
    [
      'a wrong operand deep inside',
      [
        {
          ...PAGER,
          failsWhen: { $all: [{ kind: 'API' }, { 'spec.type': { $in: 'x' } }] },
        },
      ],
      'customRules[0].failsWhen.$all[1]["spec.type"].$in must be a list of one or more texts, numbers or booleans',
    ],
    [
      'a field that no entity has',
      [{ ...PAGER, failsWhen: { $not: { 'metadat.title': 'x' } } }],
      'customRules[0].failsWhen.$not["metadat.title"] is no field of an entity; accepted are kind, apiVersion, relations and paths below metadata, spec and status',
    ],
    [
      'a field of a list',
      [{ ...PAGER, appliesTo: { 'relations.ownedBy': { $exists: true } } }],
      'customRules[0].appliesTo["relations.ownedBy"] never matches, relations are a list; write relations: { $contains: { type: ownedBy } }',
    ],
    [
      'nothing to choose from',
      [{ ...PAGER, failsWhen: { $any: [] } }],
      'customRules[0].failsWhen.$any must be a list of one or more filter predicates',
    ],
    [
      'two operators for one value',
      [
        {
          ...PAGER,
          failsWhen: { 'spec.type': { $exists: true, $hasPrefix: 'a' } },
        },
      ],
      'customRules[0].failsWhen["spec.type"] must have exactly one operator',
    ],
    [
      'an operator beside a field',
      [{ ...PAGER, failsWhen: { $not: { kind: 'API' }, kind: 'API' } }],
      'customRules[0].failsWhen has $not beside something else',
    ],
    [
      'a predicate without a bottom',
      [{ ...PAGER, failsWhen: deep(5000) }],
      'is nested deeper than 20 levels',
    ],
    [
      'half a placeholder',
      [{ ...PAGER, message: 'a {{ metadata.name' }],
      'customRules[0].message has a {{ or a }} without its other half',
    ],
    [
      'code in a placeholder',
      [{ ...PAGER, message: '{{ constructor.constructor("x")() }}' }],
      'customRules[0].message: {{ constructor.constructor("x")() }} is no field of an entity',
    ],
    [
      'a placeholder elsewhere',
      [{ ...PAGER, remediation: '{{ env.SECRET }}' }],
      'customRules[0].remediation: {{ env.SECRET }} is no field of an entity',
    ],
    [
      'an endless message',
      [{ ...PAGER, message: 'x'.repeat(1001) }],
      'customRules[0].message must be at most 1000 characters long',
    ],
  ])('refuses %s', (_, rules, message) => {
    expect(() => readCustomRules({ rules, taken: ['owner-missing'] })).toThrow(
      message,
    );
  });
});
