// Bundles everything that ships into dist/. Flags: --production (minified, no maps), --watch.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const dist = path.join(__dirname, 'dist');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: __dirname,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  // An `import.meta.url` in a CommonJS bundle is undefined at run time: find that now, not then.
  logOverride: { 'empty-import-meta': 'error' },
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
};

/**
 * What many runs do without or need late is a file of its own beside the bundles, `dist/NAME.js`, so that Node does not read it before. In
 * src/ it is reached by the one `import()`, or the one `require` where nobody can wait; by that and nothing else, or a bundle holds it twice.
 * A part keeps nothing in mind that the bundles would have to know: what both of them contain is there twice.
 * @type {Readonly<Record<string, { readonly source: string, readonly by: esbuild.ImportKind }>>}
 */
const parts = {
  prices: { source: '@pydantic/genai-prices', by: 'dynamic-import' },
  errors: { source: 'src/rules/errors/index.ts', by: 'require-call' },
  watching: { source: 'src/engine/read/folderWatch.ts', by: 'require-call' },
  reading: { source: 'src/engine/reading.ts', by: 'dynamic-import' },
  mapping: { source: 'src/protocol/mappingInWords.ts', by: 'dynamic-import' },
};

/** @type {import('esbuild').Plugin} */
const partsApart = {
  name: 'parts-apart',
  setup(build) {
    for (const [name, { source, by }] of Object.entries(parts)) {
      const ending = path.basename(source, '.ts');
      build.onResolve({ filter: new RegExp(`(^|/)${ending}$`) }, ({ path: target, ...args }) => {
        const isIt = target.startsWith('.')
          ? path.resolve(args.resolveDir, `${target}.ts`) === path.join(__dirname, source)
          : target === source;
        if (!isIt || args.kind === 'entry-point') {
          return undefined;
        }
        return args.kind === by
          ? { path: `./${name}.js`, external: true }
          : { errors: [{ text: `${source} is a part of its own: reach it by ${by}` }] };
      });
    }
  },
};

/**
 * What V8 keeps of a source is half as large then, and it is there a millisecond sooner.
 * @type {import('esbuild').Plugin}
 */
const ascii = {
  name: 'ascii',
  async setup(build) {
    const { asciiBundle } = await import('./scripts/lib/ascii-bundle.mjs');
    await asciiBundle.setup(build);
  },
};

/**
 * Lines that the problem matcher of .vscode/tasks.json waits for.
 * @type {import('esbuild').Plugin}
 */
const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd(() => console.log('[watch] build finished'));
  },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The ES module of a package can be shaken, its CommonJS twin cannot.
  mainFields: ['module', 'main'],
  external: ['vscode'],
  plugins: [partsApart, ascii],
  // Node's own `import()` reads the whole text of a CommonJS file first, to find out what it exports: 70 ms for the price list.
  supported: { 'dynamic-import': false },
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...node,
    entryPoints: {
      extension: 'src/extension.ts',
      engine: 'src/engine/worker.ts',
      search: 'src/engine/search/worker.ts',
      scan: 'src/engine/scan/ahead/worker.ts',
    },
    outdir: 'dist',
  },
  {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...node,
    entryPoints: Object.fromEntries(
      Object.entries(parts).map(([name, { source }]) => [name, source]),
    ),
    outdir: 'dist',
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: [
      { in: 'media/main.ts', out: 'main' },
      { in: 'media/style.css', out: 'main' },
    ],
    outdir: 'dist/webview',
    // The icon font lies beside the style sheet under its own name.
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
];

/**
 * What an earlier version or another kind of build left in dist/ would be packed, too.
 * @param {readonly esbuild.BuildResult[]} results
 */
function removeOthers(results) {
  const outputs = results.flatMap(({ metafile }) => Object.keys(metafile?.outputs ?? {}));
  const made = new Set(outputs.map(output => path.join(__dirname, output)));
  for (const name of fs.readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(dist, name);
    if (!made.has(file) && fs.statSync(file).isFile()) {
      fs.rmSync(file);
    }
  }
}

/**
 * The licences of all packages that went into the bundles, as they ask for.
 * @param {readonly esbuild.BuildResult[]} results
 */
function writeLicenses(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const folders = inputs.flatMap(
    input => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
  );
  const texts = [...new Set(folders)].sort().map(folder => {
    const { name, version, license } = JSON.parse(
      fs.readFileSync(path.join(__dirname, folder, 'package.json'), 'utf8'),
    );
    const file = fs
      .readdirSync(path.join(__dirname, folder))
      .find(each => /^licen[cs]e/i.test(each));
    const text = file ? fs.readFileSync(path.join(__dirname, folder, file), 'utf8') : license;
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  fs.writeFileSync(path.join(dist, 'licenses.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

async function main() {
  const { assemblyScript } = await import('./scripts/lib/assembly-script.mjs');
  const { needTable } = await import('./scripts/lib/need-table.mjs');
  const { priceList } = await import('./scripts/lib/price-list.mjs');
  const { withoutDocs } = await import('./scripts/lib/without-docs.mjs');
  for (const options of bundles) {
    options.plugins = [
      ...(options.plugins ?? []),
      assemblyScript,
      needTable,
      priceList,
      withoutDocs,
    ];
  }
  if (!watch) {
    const results = await Promise.all(bundles.map(options => esbuild.build(options)));
    removeOthers(results);
    writeLicenses(results);
    fs.chmodSync(path.join(dist, 'cli.js'), 0o755);
    return;
  }
  for (const options of bundles) {
    const context = await esbuild.context({
      ...options,
      plugins: [...(options.plugins ?? []), problemMatcher],
    });
    await context.watch();
  }
}

main().catch(error => {
  // esbuild has printed its own findings already
  if (!(error instanceof Error && 'errors' in error)) {
    console.error(error);
  }
  process.exit(1);
});
