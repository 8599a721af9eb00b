import fs from 'node:fs';
import path from 'node:path';
import { Refusal, mustRun, root } from './process.mjs';

const listFile = path.join(root, 'scripts/vsix-files.txt');

/** @returns {string[]} what a VSIX holds, no more and no less */
export function expectedFiles() {
  return fs.readFileSync(listFile, 'utf8').trim().split('\n');
}

/** @returns {Promise<string[]>} what vsce would put into a VSIX now */
export async function listPackageFiles() {
  const { listFiles, PackageManager } = await import('@vscode/vsce');
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  return files.map(file => file.replaceAll(path.sep, '/')).sort();
}

/**
 * Builds for production and packs the VSIX. Refuses when the files are not those of scripts/vsix-files.txt.
 * @param {string} packagePath
 */
export async function makePackage(packagePath) {
  await mustRun(process.execPath, [path.join(root, 'esbuild.js'), '--production']);
  const files = await listPackageFiles();
  const expected = expectedFiles();
  const surplus = files.filter(file => !expected.includes(file));
  const missing = expected.filter(file => !files.includes(file));
  if (surplus.length > 0 || missing.length > 0) {
    throw new Refusal(
      `the package is not what scripts/vsix-files.txt says; too many: ${surplus.join(', ') || 'none'}; missing: ${missing.join(', ') || 'none'}`,
    );
  }
  fs.mkdirSync(path.dirname(packagePath), { recursive: true });
  const { createVSIX } = await import('@vscode/vsce');
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}
