import fs from 'node:fs';
import path from 'node:path';
import { root } from './process.mjs';

/**
 * Bundles test files of a folder into out/. Globbed: a list kept by hand loses tests.
 * `host` runs inside VS Code's extension host, which wants CommonJS; everything else is an ES module for plain node.
 * @param {'unit' | 'host' | 'ui' | 'bench'} suite
 * @param {readonly string[]} entryPoints globs, relative to the repository
 * @returns {Promise<string>} the folder that holds the bundles
 */
export async function bundleTests(suite, entryPoints) {
  const { build } = await import('esbuild');
  const outdir = path.join(root, 'out', suite);
  fs.rmSync(outdir, { recursive: true, force: true });
  const inHost = suite === 'host';
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
