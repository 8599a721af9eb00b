import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { assemblyScript } from './assembly-script.mjs';
import { root } from './process.mjs';
import { needTable } from './need-table.mjs';

/**
 * Scripts are not bundled: they know the repository by the place where they lie.
 * @type {import('esbuild').Plugin}
 */
const scriptsApart = {
  name: 'scripts-apart',
  setup(build) {
    build.onResolve({ filter: /\/scripts\/.*\.mjs$/ }, ({ resolveDir, path: target }) => ({
      path: pathToFileURL(path.resolve(resolveDir, target)).href,
      external: true,
    }));
  },
};

/**
 * Bundles test files of a folder into out/. Globbed: a list kept by hand loses tests.
 * What ends in `host` runs inside VS Code's extension host, which wants CommonJS; everything else is an ES module for plain
 * node.
 * @param {'unit' | 'fuzz' | 'interop' | 'host' | 'ui' | 'bench' | 'bench-host' | 'scale'} suite
 * @param {readonly string[]} entryPoints globs, relative to the repository
 * @returns {Promise<string>} the folder that holds the bundles
 */
export async function bundleTests(suite, entryPoints) {
  const { build } = await import('esbuild');
  const outdir = path.join(root, 'out', suite);
  fs.rmSync(outdir, { recursive: true, force: true });
  const inHost = suite.endsWith('host');
  await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: inHost ? 'cjs' : 'esm',
    outExtension: inHost ? {} : { '.js': '.mjs' },
    packages: 'external',
    plugins: [scriptsApart, assemblyScript, needTable],
    // What two test files share stays one module with one state: the server and the browser of the UI tests.
    splitting: !inHost,
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outdir;
}

/**
 * @param {string} folder
 * @param {string} ending
 * @returns {string[]} absolute paths of all files below the folder whose names end so, sorted
 */
export function listFiles(folder, ending) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(ending))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort();
}
