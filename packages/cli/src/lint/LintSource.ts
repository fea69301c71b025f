import type { YamlDocument } from '@service-ownership/backstage-plugin-ownership-common';
import type { FoundFile } from './findFiles';

/**
 * A document and the file it stands in.
 *
 * @internal
 */
export interface LintSource {
  file: Pick<FoundFile, 'name' | 'path'>;
  document: YamlDocument;
}
