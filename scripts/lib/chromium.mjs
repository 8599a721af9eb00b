import fs from 'node:fs';
import path from 'node:path';
import { Refusal, mustRun, say } from './process.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
// The CJK font is for prompts in Chinese, Japanese and Korean: without it a screenshot shows boxes.
const debianPackages = ['chromium', 'fonts-dejavu-core', 'fonts-noto-cjk'];

/**
 * @param {string} name
 * @returns {string | undefined} where the program is on PATH
 */
export function findProgram(name) {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map(folder => path.join(folder, name))
    .find(file => fs.existsSync(file));
}

/** @returns {string | undefined} the browser of the tests; $CHROMIUM wins */
function findChromium() {
  const found = names.map(findProgram).find(file => file !== undefined);
  return process.env['CHROMIUM'] ?? found ?? macApplications.find(file => fs.existsSync(file));
}

/**
 * Finds Chromium, or installs Debian's when it may.
 * @returns {Promise<string>} the program
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) {
    return found;
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || findProgram('apt-get') === undefined) {
    throw new Refusal(
      `the tests need Chromium or Chrome. Install it (Debian: apt-get install ${debianPackages.join(' ')}) or name it in $CHROMIUM`,
    );
  }
  say(`installing ${debianPackages.join(', ')} (apt-get)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update', '-q'], { env });
  await mustRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...debianPackages], {
    env,
  });
  const installed = findChromium();
  if (installed === undefined) {
    throw new Refusal('apt-get installed chromium, but it is not on PATH');
  }
  return installed;
}
