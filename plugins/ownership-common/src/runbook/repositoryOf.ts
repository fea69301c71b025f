/**
 * Path segments by which the pages of code hosts end the name of a repository,
 * and how many segments name the branch after them.
 */
const REPOSITORY_ENDS: Readonly<Record<string, number>> = {
  blob: 1,
  tree: 1,
  raw: 1,
  src: 1,
  browse: 0,
};

/**
 * The part of the path of a file's address that names its repository, with or
 * without the branch. Where the address does not tell, it is the directory of
 * the file, which is the most that can be vouched for.
 *
 * @internal
 */
export function repositoryOf(options: {
  file: URL;
  withBranch: boolean;
}): string {
  const { file, withBranch } = options;
  if (file.searchParams.has('path')) {
    // Azure DevOps names the file in the query.
    return file.pathname;
  }
  const segments = file.pathname.split('/');
  const end = segments.findIndex(
    (segment, index) => index > 1 && Object.hasOwn(REPOSITORY_ENDS, segment),
  );
  if (end === -1) {
    return segments.slice(0, -1).join('/');
  }
  return segments
    .slice(0, withBranch ? end + 1 + REPOSITORY_ENDS[segments[end]] : end)
    .join('/');
}

/**
 * True if a file is in the repository of another one, both given by their
 * address at the same code host. False where that cannot be told.
 *
 * @public
 */
export function isInSameRepository(options: {
  file: string;
  of: string;
}): boolean {
  try {
    const file = new URL(options.file);
    const of = new URL(options.of);
    const repository = repositoryOf({ file: of, withBranch: false });
    const path = file.searchParams.has('path')
      ? `${file.pathname}/`
      : file.pathname;
    return file.origin === of.origin && path.startsWith(`${repository}/`);
  } catch {
    return false;
  }
}
