import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { runInProcess } from '../__testUtils__/runInProcess';
import { writeFiles } from '../__testUtils__/writeFiles';

const component = (name: string, spec = '') =>
  `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
  owner: payments
${spec}`;

const contractEntity = `apiVersion: service-ownership.io/v1alpha1
kind: OwnershipContract
metadata: { name: twice }
spec:
  owner: payments
  subjects: [component:default/twice]
  tier: tier-2
`;

/** What `lint` says, as its JSON. */
async function lint(files: Record<string, string | Buffer>, ...more: string[]) {
  const cwd = await writeFiles(files);
  const inputs = more.length > 0 ? more : ['.'];
  const { code, stdout, stderr } = await runInProcess(
    ['lint', '--format', 'json', ...inputs],
    { cwd },
  );
  return { code, stderr, cwd, ...JSON.parse(stdout || '{}') };
}

describe('lint', () => {
  it('finds what is wrong with entities, contracts and SLOs, and where', async () => {
    const found = await lint({
      'good/catalog-info.yaml': component(
        'checkout',
        '  ownershipContract:\n    $yaml: ./ownership.yaml\n',
      ),
      'good/ownership.yaml': 'tier: tier-2\nmission: Takes money.\n',
      'bad/catalog-info.yaml': `${component(
        'Not a name!',
      )}---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: lacks\nspec:\n  lifecycle: production\n---\n${component(
        'points',
        '  ownershipContract:\n    $yaml: ./contract.yaml\n',
      )}---\n${component(
        'gone',
        '  ownershipContract:\n    $yaml: ../../etc/passwd\n',
      )}`,
      'bad/contract.yaml':
        'tier: gold\nslos:\n  - name: availability\n    objectives: [{ target: 2 }]\n',
      'twice.yaml': `${contractEntity}---\n${component(
        'twice',
        '  ownershipContract: { tier: tier-3 }\n',
      )}`,
      'slo.yaml':
        'apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: { name: errors }\nspec: { target: "100", window: 2w }\n',
      'api.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: orders }\nspec:\n  type: openapi\n  lifecycle: production\n  owner: payments\n  definition: { $text: ./openapi.json }\n',
      'openapi.json': '{}',
      'helm/values.yaml': 'image: {{ .Values.image }}\n',
      'k8s.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {}\n',
    });
    expect(found.code).toBe(1);
    expect(
      found.problems.map(
        (p: any) => `${p.file}:${p.line}:${p.column} ${p.rule} ${p.path}`,
      ),
    ).toEqual([
      'bad/catalog-info.yaml:4:3 entity metadata.name',
      'bad/catalog-info.yaml:14:1 entity spec.type',
      'bad/catalog-info.yaml:14:1 entity spec.owner',
      'bad/catalog-info.yaml:36:3 file spec.ownershipContract',
      'bad/contract.yaml:1:1 contract tier',
      'slo.yaml:4:9 slo spec.target',
      'twice.yaml:4:1 contract-duplicate spec',
      'twice.yaml:17:3 contract-duplicate spec.ownershipContract',
    ]);
    expect(found.checked).toEqual({
      files: 7,
      entities: 8,
      contracts: 4,
      slos: 0,
    });
  });

  it('names all that is wrong with an entity, and leaves out what is not known', async () => {
    const { problems } = await lint({
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metdata: {}
metadata:
  name: checkout
  description: { $text: ./README.md }
  tags: [Bad Tag, fine, Worse Tag]
  links: [{ url: '' }, nothing]
spec:
  type: service
  lifecycle: production
  owner: ''
  system: \${{ values.system }}
  dependsOn: [orders-db, 'resource:orders-db', 'a:b:c:']
---
apiVersion: backstage.io/v2
kind: System
metadata: { name: shop, namespace: 5 }
spec: { owner: payments }
---
apiVersion: openslo/v1
kind: Slo
metadata: { name: 5, namespace: 7 }
---
apiVersion: service-ownership.io/v1alpha1
kind: OwnershipContract
metadata: { name: text }
spec: text
---
apiVersion: service-ownership.io/v1alpha1
kind: OwnershipContract
metadata: { name: subjects }
spec: { subjects: [checkout, 'no ref'] }
`,
      'README.md': 'Takes money.',
    });
    expect(
      problems.map((p: any) => `${p.line}:${p.column} ${p.path} ${p.message}`),
    ).toEqual([
      '3:1 metdata is not a field of an entity; expected apiVersion, kind, metadata and spec',
      expect.stringMatching(/^7:10 metadata.tags\[0\] .*Bad Tag/),
      expect.stringMatching(/^7:25 metadata.tags\[2\] .*Worse Tag/),
      '8:13 metadata.links[0].url must not be empty',
      '8:24 metadata.links[1] must be object',
      '12:3 spec.owner must not be empty',
      expect.stringMatching(
        /^14:15 spec.dependsOn\[0\] .*the kind is needed here, found `orders-db`$/,
      ),
      '16:1 apiVersion of this kind must be one of backstage.io/v1alpha1, backstage.io/v1beta1',
      '18:25 metadata.namespace must be string',
      expect.stringMatching(/^22:1 kind is not a kind of OpenSLO; expected/),
      '28:1 spec must be object',
      expect.stringMatching(/^33:30 spec.subjects\[1\] is not a reference/),
    ]);
  });

  it('passes over what a repository holds besides, and nothing of ours', async () => {
    const entity = component('checkout', '  ownershipContract: { tier: 5 }\n');
    const found = await lint({
      'pnpm-lock.yaml': Buffer.alloc(2 * 1024 * 1024, 'a: 1\n'),
      'image.yaml': Buffer.from([0x74, 0x00, 0xff]),
      'latin.yaml': Buffer.from('name: caf\xe9', 'latin1'),
      'chart/templates/deployment.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    backstage.io/kubernetes-id: {{ .Values.name }}\n    {{- include "labels" . | nindent 4 }}\n',
      'route.yaml':
        'apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: { name: route, labels: { backstage.io/kubernetes-id: x } }\nobjects: []\n',
      'skeleton/catalog-info.yaml': component(
        '${{ values.name | dump }}',
        '  ownershipContract:\n    tier: ${{ values.tier }}\n',
      ),
      'other/catalog-info.yaml': component(
        '${{ values.name | dump }}',
        '  ownershipContract: { captain: "{{today}}" }\n',
      ),
      'skeleton/ownership.yaml':
        'tier: tier-1\n{% if a %}\nslos: []\n{% endif %}\n',
      'wide/catalog-info.yaml': Buffer.from(entity, 'utf16le'),
      'large/catalog-info.yaml': `${entity}${'# more\n'.repeat(200_000)}`,
      'latin/catalog-info.yaml': Buffer.from(`${entity}# \xe9`, 'latin1'),
      'broken/catalog-info.yaml': `${entity}  a: b: c\n`,
    });
    expect(
      found.problems.map((p: any) => `${p.file} ${p.rule}: ${p.message}`),
    ).toEqual([
      expect.stringMatching(/^broken\/catalog-info.yaml yaml: is not YAML/),
      'large/catalog-info.yaml file: is too large: 1.3 MiB, at most 1 MiB is read',
      'latin/catalog-info.yaml file: is not text in UTF-8',
      'wide/catalog-info.yaml file: is not text; expected YAML or JSON in UTF-8',
    ]);
  });

  it('reads a contract from all its files, within the repository', async () => {
    const found = await lint({
      '.git/HEAD': '',
      'shop/a/catalog-info.yaml': component(
        'a',
        '  ownershipContract:\n    $yaml: ../contracts/a.yaml\n',
      ),
      'shop/b/catalog-info.yaml': component(
        'b',
        '  ownershipContract:\n    tier: tier-2\n    runbooks: { $yaml: ./gone.yaml }\n    slos: { $json: https://example.org/slos.json }\n    cost: { $openapi: ./x.yaml }\n',
      ),
      'shop/c/catalog-info.yaml': component(
        'c',
        '  ownershipContract: { $yaml: /shop/c/round.yaml }\n',
      ),
      'shop/c/round.yaml': '$yaml: ./round.yaml\n',
      'shop/d/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: d }\nspec:\n  type: openapi\n  lifecycle: production\n  owner: payments\n  definition: { $text: ../contracts/large.json }\n`,
      'shop/contracts/large.json': Buffer.alloc(2 * 1024 * 1024, ' '),
      'shop/contracts/a.yaml':
        'tier: tier-2\nmission: { $text: ./mission.md }\nslos: { $yaml: ./slos.yaml }\n',
      'shop/contracts/mission.md': 'Takes money.',
      'shop/contracts/slos.yaml':
        '# Two lines\n- name: availability\n  budgetingMethod: Occurrences\n  timeWindow: [{ duration: 28d, isRolling: true }]\n  objectives: [{ target: 2 }]\n',
    });
    expect(
      found.problems.map(
        (p: any) => `${p.file}:${p.line}:${p.column} ${p.path} ${p.message}`,
      ),
    ).toEqual([
      expect.stringMatching(
        /^shop\/b\/catalog-info.yaml:11:5 spec.ownershipContract.runbooks .\/gone.yaml is not there$/,
      ),
      expect.stringMatching(/catalog-info.yaml:13:5 .*`\$openapi` is not acc/),
      expect.stringMatching(/^shop\/c\/round.yaml:1:1 .*more than 3 levels/),
      expect.stringMatching(
        /^shop\/contracts\/slos.yaml:5:18 slos\[0\].objectives\[0\].target /,
      ),
    ]);
  });

  it('checks a file once, whatever links lead to it', async () => {
    const { cwd } = await lint({
      'a/catalog-info.yaml': component(
        'a',
        '  ownershipContract: { tier: tier-1 }\n',
      ),
    });
    await symlink('a/catalog-info.yaml', join(cwd, 'b.yaml'));
    await symlink('a/catalog-info.yaml', join(cwd, 'c.yaml'));
    for (const inputs of [
      ['.'],
      ['*.yaml'],
      ['b.yaml', 'a/catalog-info.yaml'],
    ]) {
      const { stdout } = await runInProcess(['lint', ...inputs], { cwd });
      expect(stdout).toBe(
        'No problems. 1 file checked: 1 entity, 1 contract, 0 SLOs.\n',
      );
    }
  });

  it('tells each contract once which components it is not alone with', async () => {
    const contract = (name: string) =>
      `apiVersion: service-ownership.io/v1alpha1\nkind: OwnershipContract\nmetadata: { name: ${name} }\nspec:\n  subjects: [a, b, c, d, e]\n`;
    const { problems } = await lint({
      'contracts.yaml': ['one', 'two'].map(contract).join('---\n'),
    });
    expect(problems.map((p: any) => `${p.line} ${p.message}`)).toEqual([
      '4 is a second contract of component:default/a and component:default/b and component:default/c and more; another is in contracts.yaml:10. A component has one',
      '10 is a second contract of component:default/a and component:default/b and component:default/c and more; another is in contracts.yaml:4. A component has one',
    ]);
  });

  it('reads SLOs in contracts and across files', async () => {
    const found = await lint({
      'ownership.yaml':
        'tier: tier-2\nslos:\n  - ref: elsewhere\n  - name: availability\n    objectives: [{ target: 2 }]\n    budgetingMethod: Occurrences\n    timeWindow: [{ duration: 28d, isRolling: true }]\n',
      'a/ownership.yaml':
        'tier: tier-2\nslos:\n  - name: latency\n    indicatorRef: fast\n    objectives: [{ target: 0.99 }]\n    budgetingMethod: Occurrences\n    timeWindow: [{ duration: 28d, isRolling: true }]\n',
      'a/slo.yaml':
        'apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: latency }\nspec:\n  service: checkout\n  indicatorRef: fast\n  budgetingMethod: Occurrences\n  timeWindow: [{ duration: 28d, isRolling: true }]\n  objectives: [{ target: 0.99 }]\n',
      'z/sli.yaml':
        'apiVersion: openslo/v1\nkind: SLI\nmetadata: { name: fast }\nspec:\n  ratioMetric:\n    good: { metricSource: { spec: { query: good } } }\n    total: { metricSource: { spec: { query: total } } }\n',
    });
    expect(found.problems).toEqual([
      expect.objectContaining({
        file: 'ownership.yaml',
        line: 5,
        rule: 'slo',
        path: 'slos[1].objectives[0].target',
      }),
    ]);
    expect(found.checked).toMatchObject({ contracts: 2, slos: 2 });
  });

  it('shows the line with a caret, and no control character', async () => {
    const cwd = await writeFiles({
      'catalog-info.yaml': component(
        'checkout',
        '  ownershipContract:\n    tier: "gold\\e[31m" # \u001b]0;owned\u0007 \u202e\n',
      ),
    });
    const plain = await runInProcess(['lint', 'catalog-info.yaml'], { cwd });
    expect(plain.code).toBe(1);
    expect(plain.stdout).toContain('catalog-info.yaml:10:5\n');
    expect(plain.stdout).toMatch(
      / {2}> 10 \| {5}tier: .*\\u\{1b\}.*\\u\{202e\}\n {7}\| {5}\^\n/,
    );
    expect(plain.stdout).toMatch(
      /\n1 error\. 1 file checked: 1 entity, 1 contract, 0 SLOs\.\n$/,
    );
    // eslint-disable-next-line no-control-regex -- there must be none
    expect(plain.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const coloured = await runInProcess(['lint', 'catalog-info.yaml'], {
      cwd,
      isTTY: true,
    });
    expect(coloured.stdout).toContain('\u001b[31merror\u001b[39m');
  });

  it('shows the line of what turns out at the end, however many files there are', async () => {
    const cwd = await writeFiles({
      'a.yaml': component('a', '  ownershipContract: { tier: tier-3 }\n'),
      ...Object.fromEntries(
        Array.from({ length: 501 }, (_, index) => [
          `fine/${index}.yaml`,
          component(`fine-${index}`),
        ]),
      ),
      'z.yaml': component('a', '  ownershipContract: { tier: tier-2 }\n'),
    });
    const { stdout } = await runInProcess(['lint', '.'], { cwd });
    expect(stdout).toMatch(/^a\.yaml:9:3\n.* is a second contract /);
    expect(stdout).toContain('>  9 |   ownershipContract: { tier: tier-3 }\n');
  });

  it('writes what other tools read', async () => {
    const cwd = await writeFiles({
      'a,b/ownership.yaml':
        'tier: "<gold> & \\"more\\" \\uFFFE\\uFFFF"\nonCal: {}\n',
    });
    const as = async (format: string) =>
      (await runInProcess(['lint', '.', '--format', format], { cwd })).stdout;
    const sarif = JSON.parse(await as('sarif'));
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: 'contract',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%2Cb/ownership.yaml' },
            region: { startLine: 1, startColumn: 1 },
          },
        },
      ],
    });
    const fingerprints = sarif.runs[0].results.map(
      (result: any) => result.partialFingerprints.primaryLocationLineHash,
    );
    expect(new Set(fingerprints).size).toBe(2);
    const junit = await as('junit');
    // eslint-disable-next-line no-control-regex -- there must be none
    expect(junit).not.toMatch(/[\u0000-\u0008\ufffe\uffff\ud800-\udfff]/);
    expect(junit).toContain('tests="2" failures="1"');
    expect(junit).toContain('&lt;gold&gt; &amp; &quot;more&quot;');
    expect(await as('github')).toMatch(
      /^::error file=a%2Cb\/ownership.yaml,line=1,col=1,title=service-ownership contract::tier: .*\n::warning file=.*,line=2,/,
    );
  });

  it('gives each problem an identity, which GitHub and GitLab go by', async () => {
    const twice = 'dependsOn: ["a", "[b](https://evil.example)"]';
    const linted = async (text: string, format: string) =>
      (
        await runInProcess(['lint', '.', '--format', format], {
          cwd: await writeFiles({ 'catalog-info.yaml': text }),
        })
      ).stdout;
    const text = component('a', `  ${twice}`);
    const resultsOf = async (of: string) =>
      JSON.parse(await linted(of, 'sarif')).runs[0].results;
    const marks = (results: any[]) =>
      results.map(
        ({ partialFingerprints }) =>
          partialFingerprints.primaryLocationLineHash,
      );
    const results = await resultsOf(text);
    expect(new Set(marks(results)).size).toBe(2);
    // On other lines they are the same ones.
    const moved = await resultsOf(`# A comment\n${text}`);
    expect(moved[0].locations).not.toEqual(results[0].locations);
    expect(marks(moved)).toEqual(marks(results));
    expect(JSON.stringify(results)).not.toContain('](');

    const names = await linted('# backstage.io/\n{}}}\n', 'junit');
    expect(names.match(/ name="yaml[^"]*" file="catalog-info.yaml"/g)).toEqual([
      ' name="yaml" file="catalog-info.yaml"',
      ' name="yaml (2)" file="catalog-info.yaml"',
    ]);
  });

  it('survives hostile files and names each', async () => {
    const bomb = `tier: tier-1\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
      .split('')
      .map(
        (key, index) =>
          `${key}: &${key} [${Array(9)
            .fill(`*${'abcdefghi'[index]}`)
            .join(',')}]`,
      )
      .join('\n')}\n`;
    const cwd = await writeFiles({
      'large/ownership.yaml': Buffer.alloc(5 * 1024 * 1024, 'a'),
      'binary/ownership.yaml': Buffer.from([0x74, 0x00, 0xff, 0x1b]),
      'latin/ownership.yaml': Buffer.from([0x6d, 0x3a, 0xe9]),
      'bomb/ownership.yaml': bomb,
      'deep/ownership.yaml': '['.repeat(50_000),
      'braces/ownership.yaml': '{'.repeat(50_000),
      'name/catalog-info.yaml': component('a-'.repeat(400_000)),
      'parts/ownership.yaml': `contacts: [${'{},'.repeat(100_000)}]`,
      'anchors/ownership.yaml': `slos: [${Array.from(
        { length: 20_000 },
        (_, index) => `&a${index} x,*a${index}`,
      )}]`,
      'version/catalog-info.yaml': `# backstage.io/\napiVersion: "${'helm'.repeat(
        200_000,
      )}!"\nkind: Component\nmetadata: { name: a }\n`,
      'tags/ownership.yaml': 'tier: !!js/function "function () { throw 1 }"\n',
      'proto/ownership.yaml': '__proto__: { tier: tier-1 }\n',
      'entity/catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: 5\nmetadata: []\nspec: [1]\n',
      'null/catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\nspec:\n',
      'locked/ownership.yaml': 'tier: tier-1\n',
      'fine/ownership.yaml': 'tier: tier-1\n',
    });
    await chmod(join(cwd, 'locked/ownership.yaml'), 0);
    await symlink(join(cwd, 'loop/a'), join(cwd, 'loop'));
    await symlink(cwd, join(cwd, 'fine/up'));
    await symlink(join(cwd, 'self.yaml'), join(cwd, 'self.yaml'));
    const { code, stdout, stderr } = await runInProcess(
      ['lint', '--format', 'json', '.', 'self.yaml'],
      { cwd },
    );
    expect(stderr).toBe('');
    expect(code).toBe(1);
    const messages: Record<string, string> = {};
    const { problems } = JSON.parse(stdout);
    expect(problems.length).toBeLessThan(40);
    for (const { file, message, rule } of problems) {
      expect(message.length).toBeLessThanOrEqual(500);
      messages[file] ??= `${rule}: ${message}`;
    }
    expect(messages).toEqual({
      'large/ownership.yaml': expect.stringMatching(/^file: is too large: 5.0/),
      'binary/ownership.yaml': expect.stringMatching(/^file: is not text/),
      'latin/ownership.yaml': 'file: is not text in UTF-8',
      'bomb/ownership.yaml': expect.stringMatching(/^yaml: repeats itself/),
      'deep/ownership.yaml': expect.stringMatching(/^yaml: /),
      'braces/ownership.yaml': expect.stringMatching(/^yaml: /),
      'name/catalog-info.yaml': expect.stringMatching(
        /^entity: expected a string .* at most 63 characters/,
      ),
      'parts/ownership.yaml': expect.stringMatching(
        /^yaml: is too large: up to here it has 200,000/,
      ),
      'anchors/ownership.yaml': expect.stringMatching(
        /^yaml: is not YAML: more than 1,000 anchors/,
      ),
      'version/catalog-info.yaml': expect.stringMatching(/^entity: expected/),
      'tags/ownership.yaml': expect.stringMatching(/^contract: /),
      'proto/ownership.yaml': expect.stringMatching(/^contract: /),
      'entity/catalog-info.yaml': expect.stringMatching(/^entity: /),
      'null/catalog-info.yaml': expect.stringMatching(/^entity: /),
      'self.yaml': 'file: cannot be read: its links go in a circle',
      // root may read everything
      ...(process.getuid?.() === 0
        ? {}
        : {
            'locked/ownership.yaml': 'file: cannot be read: permission denied',
          }),
    });
  });

  it('looks for SLOs that contracts refer to in the files, then in the portal', async () => {
    const cwd = await writeFiles({
      'catalog-info.yaml': component(
        'checkout',
        '  ownershipContract:\n    slos:\n      - { ref: here }\n      - { ref: of-sloth }\n      - { ref: "slo:shop/there" }\n      - { ref: "slo:shop/of-sloth" }\n      - { ref: "a,kind=user" }\n',
      ),
      'slo.yaml': `apiVersion: openslo/v1
kind: SLO
metadata: { name: here }
spec:
  service: checkout
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.9 }]
`,
    });
    const filters: unknown[] = [];
    const portal = async (address: any, init: any) => {
      if (init.method === 'POST') {
        const { entityRefs } = JSON.parse(init.body);
        return Response.json({ items: entityRefs.map(() => ({ kind: 'x' })) });
      }
      filters.push(new URL(address).searchParams.get('filter'));
      return Response.json({
        items: [
          {
            apiVersion: 'sloth.slok.dev/v1',
            kind: 'PrometheusServiceLevel',
            metadata: { name: 'of-sloth', namespace: 'monitoring' },
          },
          {
            apiVersion: 'openslo/v1',
            kind: 'SLO',
            metadata: { name: 'there', namespace: 'shop' },
          },
        ],
      });
    };
    const lintWith = (...more: string[]) =>
      runInProcess(['lint', '.', '--format', 'json', ...more], {
        cwd,
        fetch: portal,
      });
    const { code, stdout } = await lintWith('--url', 'https://portal.example/');
    expect(code).toBe(1);
    expect(
      JSON.parse(stdout).problems.map((p: any) => [p.rule, p.line, p.message]),
    ).toEqual([
      [
        'reference',
        14,
        expect.stringContaining('there is no SLO entity slo:shop/of-sloth in'),
      ],
      [
        'reference',
        15,
        expect.stringContaining('there is no SLO entity a,kind=user in'),
      ],
    ]);
    expect(filters).toEqual([
      'kind=SLO,kind=PrometheusServiceLevel,kind=ServiceLevelObjective,metadata.name=of-sloth,metadata.name=there',
    ]);
    // Without a portal nothing is known of what is not in the files.
    expect((await lintWith()).code).toBe(0);
  });

  it('asks the portal about what is referred to, and says when it cannot', async () => {
    const cwd = await writeFiles({
      'catalog-info.yaml': component(
        'checkout',
        '  ownershipContract:\n    captain: ada\n    escalation:\n      - { after: PT0M, to: payments }\n      - { after: PT15M, to: "user:gone" }\n',
      ),
    });
    const calls: any[] = [];
    const portal = async (address: any, init: any) => {
      const { entityRefs } = JSON.parse(init.body);
      calls.push({
        address,
        entityRefs,
        token: init.headers.get('authorization'),
      });
      return Response.json({
        items: entityRefs.map((ref: string) =>
          /gone|ada/.test(ref) ? null : { kind: 'x' },
        ),
      });
    };
    const args = ['lint', '.', '--url', 'https://portal.example/'];
    const env = { OWNERSHIP_TOKEN: 'secret' };
    const found = await runInProcess([...args, '--format', 'json'], {
      cwd,
      env,
      fetch: portal,
    });
    expect(found.code).toBe(1);
    expect(calls).toEqual([
      {
        address: 'https://portal.example/api/catalog/entities/by-refs',
        entityRefs: [
          'group:default/payments',
          'user:default/ada',
          'user:default/gone',
        ],
        token: 'Bearer secret',
      },
    ]);
    expect(
      JSON.parse(found.stdout).problems.map((p: any) => [p.line, p.message]),
    ).toEqual([
      [
        10,
        'user:default/ada is not in the portal, but is named as captain here',
      ],
      [
        13,
        'user:default/gone is not in the portal, but is named as escalation target here',
      ],
    ]);
    const shown = await runInProcess(args, { cwd, env, fetch: portal });
    expect(shown.stdout).toMatch(/> 10 \| {5}captain: ada\n/);
    expect(shown.stdout).toContain(', and what they refer to in the portal.');
    for (const [answer, expected] of [
      [() => Promise.reject(new TypeError('fetch failed')), /does not answer/],
      [
        async () => new Response('', { status: 401 }),
        /does not accept the token/,
      ],
      [async () => new Response('<html>'), /not JSON/],
      [async () => Response.json({ items: [] }), /not a catalog's/],
      [async () => Response.redirect('https://login.example/'), /elsewhere/],
    ] as Array<[typeof fetch, RegExp]>) {
      const failed = await runInProcess(args, { cwd, env, fetch: answer });
      expect(failed.stderr).toMatch(expected);
      // What needs no portal is told all the same.
      expect(failed.stdout).toContain('No problems. 1 file checked');
      expect(failed.stdout).not.toContain('in the portal');
      expect(failed.code).toBe(2);
    }
  });

  it('counts warnings, and refuses wrong use', async () => {
    const files = { 'ownership.yaml': 'tier: tier-4\nonCal: {}\n' };
    const cwd = await writeFiles({ ...files, 'notes.yaml': 'a: 1\n' });
    const codeOf = async (...argv: string[]) =>
      (await runInProcess(['lint', ...argv], { cwd })).code;
    expect(await codeOf('.')).toBe(0);
    expect(await codeOf('.', '--max-warnings', '1')).toBe(0);
    expect(await codeOf('.', '--max-warnings', '0')).toBe(1);
    const { stdout, code } = await runInProcess(['lint', 'notes.yaml'], {
      cwd,
    });
    expect(stdout).toContain('holds nothing to check');
    expect(code).toBe(0);
    for (const [argv, expected] of [
      [[], 'is missing'],
      [['nowhere.yaml'], 'There is no file or directory nowhere.yaml'],
      [['*.nothing'], 'No file fits the pattern *.nothing'],
      [['.', '--format', 'xml'], '--format is one of text, json'],
      [['.', '--max-warnings', 'x'], '--max-warnings is a whole number'],
      [['.', '--colour'], 'There is no flag --colour'],
      [['.', '--url', 'file:///etc'], '--url is an address'],
    ] as Array<[string[], string]>) {
      const refused = await runInProcess(['lint', ...argv], { cwd });
      expect(refused.stderr).toContain(expected);
      expect(refused.stdout).toBe('');
      expect(refused.code).toBe(2);
    }
    const help = await runInProcess(['lint', '--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('service-ownership lint [flags]');
  });
});
