import { sourceRepository } from './sourceRepository';

const SOURCE = 'backstage.io/source-location';
const MANAGED = 'backstage.io/managed-by-location';

describe('sourceRepository', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    [
      'GitHub',
      { [SOURCE]: 'url:https://github.com/Acme/Shop/tree/main/cart/' },
      'github.com/acme/shop',
    ],
    [
      'the file where there is no source',
      { [MANAGED]: 'url:https://github.com/acme/shop/blob/main/catalog.yaml' },
      'github.com/acme/shop',
    ],
    [
      'GitLab with sub-groups',
      { [SOURCE]: 'url:https://gitlab.com/a/b/c/-/tree/main/' },
      'gitlab.com/a/b/c',
    ],
    [
      'Bitbucket',
      { [SOURCE]: 'url:https://bb.example.org/projects/P/repos/r/browse/x' },
      'bb.example.org/projects/p/repos/r',
    ],
    [
      'Azure DevOps',
      { [SOURCE]: 'url:https://dev.azure.com/o/p/_git/r?path=/catalog.yaml' },
      'dev.azure.com/o/p/_git/r',
    ],
    [
      'Gitea',
      { [SOURCE]: 'url:https://git.example.org/o/r/src/branch/main/' },
      'git.example.org/o/r',
    ],
    ['a clone address', { [SOURCE]: 'url:https://a.org/o/r.git' }, 'a.org/o/r'],
    ['a local file', { [MANAGED]: 'file:/srv/catalog.yaml' }, undefined],
    ['a bare host', { [SOURCE]: 'url:https://github.com/' }, undefined],
    ['a file nowhere', { [SOURCE]: 'url:https://a.org/c.yaml' }, undefined],
    ['nonsense', { [SOURCE]: 'url:https://[' }, undefined],
    ['nothing', {}, undefined],
  ])('knows %s', (_, annotations, repository) => {
    expect(
      sourceRepository({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'cart', annotations },
      }),
    ).toBe(repository);
  });
});
