import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as catalogModel from '@backstage/catalog-model';
import YAML from 'yaml';
import { materialise } from './materialise.mjs';
import { readProfiles } from './traffic/push.mjs';
import { readStory } from './traffic/pushDeliveries.mjs';

const { parseEntityRef, stringifyEntityRef } = catalogModel;
const EXAMPLES = import.meta.dirname;
const GONE = [
  'group:default/harbour-digital',
  'group:default/guests',
  'group:default/letters-and-alerts',
];

let out;
let entities;
let refs;
let planted;
before(async () => {
  out = await mkdtemp(join(tmpdir(), 'example-'));
  await materialise({ out, now: new Date() });
  const files = await readdir(out, { recursive: true });
  entities = [];
  for (const file of files.filter(
    name => name.endsWith('.yaml') && !name.endsWith('ownership.yaml'),
  )) {
    const text = await readFile(join(out, file), 'utf8');
    for (const document of YAML.parseAllDocuments(text)) {
      assert.deepEqual(document.errors, [], file);
      entities.push({ file, entity: document.toJS() });
    }
  }
  refs = new Set(entities.map(({ entity }) => stringifyEntityRef(entity)));
  planted = YAML.parse(await readFile(join(EXAMPLES, 'PLANTED.yaml'), 'utf8'));
});
after(() => rm(out, { recursive: true }));

const ofKind = kind =>
  entities
    .filter(({ entity }) => entity.kind === kind)
    .map(({ entity }) => entity);

/** Contracts with the folder their paths are relative to. */
async function contracts() {
  const found = [];
  for (const { file, entity } of entities) {
    const folder = dirname(join(out, file));
    const inline = entity.spec.ownershipContract;
    if (entity.kind === 'OwnershipContract') {
      found.push({ folder, contract: entity.spec });
    } else if (inline?.$yaml) {
      const text = await readFile(join(folder, inline.$yaml), 'utf8');
      found.push({ folder, contract: YAML.parse(text), component: entity });
    } else if (inline) {
      found.push({ folder, contract: inline, component: entity });
    }
  }
  return found;
}

describe('the example organisation', () => {
  test('is as large as it says', () => {
    assert.equal(ofKind('Domain').length, 4);
    assert.ok(
      ofKind('Group').filter(({ spec }) => spec.type === 'team').length >= 14,
    );
    assert.ok(ofKind('User').length >= 45);
    assert.ok(ofKind('Component').length >= 60);
  });

  test('is accepted by the catalog: kinds, fields, unique names', async () => {
    const policy = catalogModel.EntityPolicies.allOf([
      new catalogModel.SchemaValidEntityPolicy(),
      new catalogModel.FieldFormatEntityPolicy(),
    ]);
    const validators = [
      'apiEntityV1alpha1Validator',
      'componentEntityV1alpha1Validator',
      'domainEntityV1alpha1Validator',
      'groupEntityV1alpha1Validator',
      'locationEntityV1alpha1Validator',
      'resourceEntityV1alpha1Validator',
      'systemEntityV1alpha1Validator',
      'userEntityV1alpha1Validator',
    ].map(name => catalogModel[name]);
    for (const { file, entity } of entities) {
      await policy.enforce(entity);
      const checks = await Promise.all(
        validators.map(one => one.check(entity)),
      );
      const custom = ['OwnershipContract', 'SLO', 'Vessel'].includes(
        entity.kind,
      );
      assert.ok(custom || checks.includes(true), file);
    }
    assert.equal(refs.size, entities.length);
  });

  test('refers to what exists, but for what is planted', () => {
    const fields = {
      owner: 'group',
      owners: 'group',
      system: 'system',
      domain: 'domain',
      parent: 'group',
      memberOf: 'group',
      providesApis: 'api',
      consumesApis: 'api',
      dependsOn: 'component',
      subjects: 'component',
    };
    for (const { file, entity } of entities) {
      for (const [field, defaultKind] of Object.entries(fields)) {
        for (const target of [entity.spec[field] ?? []].flat()) {
          const ref = stringifyEntityRef(
            parseEntityRef(target, { defaultKind }),
          );
          assert.ok(refs.has(ref) || GONE.includes(ref), `${file}: ${ref}`);
        }
      }
    }
  });

  test('has contracts in all three forms, with runbooks that are there', async () => {
    const all = await contracts();
    const forms = all.map(({ component }) =>
      component ? typeof component.spec.ownershipContract.$yaml : 'entity',
    );
    for (const form of ['entity', 'string', 'undefined']) {
      assert.ok(forms.filter(one => one === form).length > 10, form);
    }
    for (const { folder, contract } of all) {
      for (const { url } of contract.runbooks ?? []) {
        const path = url && !/^https:/.test(url) ? join(folder, url) : folder;
        assert.ok(existsSync(path), path);
      }
    }
  });

  test('has traffic for every objective and for nothing else', async () => {
    const slos = new Map(
      ofKind('SLO').map(({ metadata, spec }) => [
        `component:default/${spec.service}/${metadata.name}`,
        metadata.name,
      ]),
    );
    for (const { contract, component } of await contracts()) {
      for (const slo of contract.slos ?? []) {
        if (slo.ref) {
          assert.ok(refs.has(slo.ref), slo.ref);
        } else {
          slos.set(`${stringifyEntityRef(component)}/${slo.metadata.name}`);
        }
      }
    }
    assert.deepEqual(
      Object.keys(await readProfiles()).sort(),
      [...slos.keys()].sort(),
    );
    for (const key of Object.values(planted.objectives).flat()) {
      assert.ok(slos.has(key), key);
    }
  });

  test('is delivered and paid for as PLANTED.yaml says', async () => {
    const story = await readStory();
    const ref = name => `component:default/${name}`;
    const named = [
      ...Object.keys(story.releases),
      ...story.moments.map(one => one.deployed ?? one.rolledback),
      ...story.incidents.map(({ component }) => component),
      ...['costs', 'toil-hours', 'security-findings', 'observability-coverage']
        .map(part => Object.keys(story[part]))
        .flat(),
    ];
    for (const name of named) {
      assert.ok(refs.has(ref(name)), name);
    }
    const budgets = new Map();
    for (const { contract } of await contracts()) {
      const { monthlyBudget, tags } = contract?.cost ?? {};
      if (monthlyBudget) {
        assert.equal(monthlyBudget.currency, 'EUR');
        budgets.set(tags.service, monthlyBudget.amount);
      }
    }
    const over = Object.entries(story.costs)
      .filter(([name, amount]) => amount > budgets.get(name))
      .map(([name]) => ref(name));
    assert.deepEqual(over, planted.findings['cost-over-budget']);
    assert.ok(Object.keys(story.costs).every(name => budgets.has(name)));
    assert.deepEqual(
      story.incidents.map(({ component }) => ref(component)).sort(),
      planted.deliveries.incidents,
    );
    assert.deepEqual(
      story.incidents
        .filter(({ resolved }) => !resolved)
        .map(({ component }) => ref(component)),
      planted.deliveries.open,
    );
  });

  test('PLANTED.yaml names what exists, once', () => {
    const lists = [
      planted.orphaned,
      planted.atRisk,
      ...Object.values(planted.findings),
      ...Object.values(planted.findingsOfObjectives),
    ];
    for (const list of lists) {
      assert.equal(new Set(list).size, list.length);
      for (const ref of list) {
        assert.ok(refs.has(ref), ref);
      }
    }
    const orphaning = [
      'owner-missing',
      'owner-placeholder',
      'owner-unresolvable',
      'owner-empty-group',
      'owner-inactive',
    ];
    assert.deepEqual(
      orphaning.flatMap(rule => planted.findings[rule]).sort(),
      [...planted.orphaned].sort(),
    );
  });
});
