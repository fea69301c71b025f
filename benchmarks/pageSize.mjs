// What a browser loads for the ownership pages and for the cards of an entity:
// our script and the libraries it brings, minified and zipped, without what
// every portal has (React, its router, Backstage, Material UI) and without
// recharts.
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { verdict } from './sli/verdict.mjs';

const require = createRequire(import.meta.url);
const { build } = require('esbuild');

const source = path =>
  fileURLToPath(new URL(`../plugins/ownership/src/${path}`, import.meta.url));

const IN_EVERY_PORTAL = [
  'react',
  'react-dom',
  'react-router',
  'react-router-dom',
  'react/*',
  'react-dom/*',
  '@backstage/*',
  '@material-ui/*',
];

async function measure(entry, alsoWithout = []) {
  const { outputFiles, metafile } = await build({
    entryPoints: [source(entry)],
    bundle: true,
    format: 'esm',
    minify: true,
    // Parts that load later are chunks of their own, and counted as well.
    splitting: true,
    metafile: true,
    write: false,
    outdir: 'out',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: [...IN_EVERY_PORTAL, 'recharts', ...alsoWithout],
    logLevel: 'error',
  });
  const zipped = (of, names) =>
    outputFiles
      .filter(
        ({ path }) =>
          path.endsWith(of) && (!names || names.has(basename(path))),
      )
      .reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) / 1000;
  const libraries = new Map();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
      const key = name ?? 'our own';
      libraries.set(key, (libraries.get(key) ?? 0) + bytesInOutput);
    }
  }
  const largest = [...libraries]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([name, bytes]) => `${name} ${Math.round(bytes / 1000)} kB`)
    .join(', ');
  console.log(`${entry}: before zipping ${largest}`);
  return {
    atFirst: zipped('.js', loadedAtFirst(metafile, entry)),
    script: zipped('.js'),
    styles: zipped('.css'),
  };
}

/** The chunks that load with the entry, without those that wait for a click. */
function loadedAtFirst({ outputs }, entry) {
  const main = Object.keys(outputs).find(name =>
    outputs[name].entryPoint?.endsWith(entry),
  );
  const seen = new Set();
  const visit = name => {
    if (seen.has(name) || !outputs[name]) {
      return;
    }
    seen.add(name);
    for (const { path, kind } of outputs[name].imports) {
      if (kind === 'import-statement') {
        visit(path);
      }
    }
  };
  visit(main);
  return new Set([...seen].map(name => basename(name)));
}

const pages = await measure('pages/OwnershipPage.tsx');
const cards = await measure('entity/entityCards.ts');
verdict([
  {
    what: 'script of all ownership pages, kB gzip',
    seen: pages.script,
    most: 150,
  },
  { what: 'script of the page that is opened first', seen: pages.atFirst },
  { what: 'styles of the pages, kB gzip', seen: pages.styles },
  {
    what: 'script of the entity cards, kB gzip',
    seen: cards.atFirst,
    most: 60,
  },
  { what: 'with what waits for a click', seen: cards.script },
  { what: 'styles of the cards, kB gzip', seen: cards.styles },
]);
