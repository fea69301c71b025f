import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// eslint-disable-next-line @backstage/no-undeclared-imports -- the one the whole repository is checked with
import ts from 'typescript';

/** A block of code of a page of the documentation, as an adopter copies it. */
export function recipe(options: {
  /** File in docs/. */
  page: string;
  /** Last part of the file the block is to be put into. */
  file: string;
}): string {
  const { page, file } = options;
  const text = readFileSync(join(__dirname, '../../../../docs', page), 'utf8');
  const begin = text.split(`/${file}"\n`)[1];
  if (!begin) {
    throw new Error(`docs/${page} has no block of code for ${file}`);
  }
  return begin.slice(0, begin.indexOf('```'));
}

/** What TypeScript has to say of a recipe, as strictly as a Backstage app is checked. */
export function complaints(code: string): string[] {
  const name = join(__dirname, 'recipe.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = path => path === name || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === name
      ? ts.createSourceFile(path, code, ts.ScriptTarget.ES2022)
      : getSourceFile(path, ...rest);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(name))
    .map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, ' '),
    );
}

/** What a recipe exports. */
export function load(code: string): any {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
    },
  });
  const module = { exports: {} };
  // eslint-disable-next-line no-new-func -- it is our own documentation
  new Function('module', 'exports', 'require', outputText)(
    module,
    module.exports,
    require,
  );
  return module.exports;
}
