import fs from 'node:fs';
import path from 'node:path';
import { Refusal, mustRun, root, say } from './process.mjs';

/**
 * @param {string} file a lockfile, of the repository or the one npm leaves in node_modules
 * @returns {Map<string, string>} version by place, without what npm may leave out on this platform
 */
function readVersions(file) {
  const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
  const versions = new Map();
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place !== '' && entry.optional !== true && entry.devOptional !== true) {
      versions.set(place, entry.version);
    }
  }
  return versions;
}

/** @param {string} folder @returns {boolean} whether its node_modules holds what its package-lock.json says */
export function isInstalled(folder) {
  const installedLock = path.join(folder, 'node_modules/.package-lock.json');
  if (!fs.existsSync(installedLock)) {
    return false;
  }
  const installed = readVersions(installedLock);
  const wanted = readVersions(path.join(folder, 'package-lock.json'));
  return [...wanted].every(([place, version]) => installed.get(place) === version);
}

/** Runs `npm ci` when node_modules is missing or does not fit the lockfile. */
export async function ensurePackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Refusal(`Node 20.19 or newer is needed, this is ${process.versions.node}`);
  }
  if (isInstalled(root)) {
    return;
  }
  say('installing npm packages (npm ci)');
  // Some machines set NODE_ENV=production, which would leave out the very tools.
  await mustRun('npm', ['ci', '--include=dev', '--loglevel=error']);
}
