// npm run test:interop: real libraries write logs, Callsight reads them. The libraries are packages of test/interop, and of
// Debian for Python; both are installed when they are missing, and what cannot be installed is skipped, aloud.
import fs from 'node:fs';
import path from 'node:path';
import { bundleTests } from './lib/bundle-tests.mjs';
import { runMocha } from './lib/mocha.mjs';
import { isInstalled } from './lib/packages.mjs';
import { root, run, say, script } from './lib/process.mjs';

const folder = path.join(root, 'test/interop');
const pythonModules = 'import structlog, loguru, pythonjsonlogger';
const debianPackages = ['python3-structlog', 'python3-loguru', 'python3-pythonjsonlogger'];
/** Debian's own: its packages are installed for that one. */
const debianPython = '/usr/bin/python3';

/** @returns {Promise<string>} the node that runs the writers, empty when their packages cannot be installed */
async function ensureNodePackages() {
  if (isInstalled(folder)) {
    return process.execPath;
  }
  say('installing the npm packages of test/interop (npm ci)');
  const { code, output } = await run(
    'npm',
    ['ci', '--ignore-scripts', '--fetch-retries=1', '--loglevel=error'],
    {
      cwd: folder,
    },
  );
  if (code === 0) {
    return process.execPath;
  }
  say(`cannot install them, so what they write is not tested: ${lastLine(output)}`);
  return '';
}

/** @returns {Promise<string>} the Python that runs the writers, empty when there is none with their packages */
async function ensurePythonPackages() {
  for (const python of [debianPython, 'python3']) {
    if (await hasModules(python)) {
      return python;
    }
  }
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) {
    say(`no Python with structlog, loguru and python-json-logger: what they write is not tested`);
    return '';
  }
  say(`installing ${debianPackages.join(', ')} (apt-get)`);
  const update = await run('apt-get', ['update']);
  const install = await run('apt-get', ['install', '-y', ...debianPackages], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (install.code === 0 && (await hasModules(debianPython))) {
    return debianPython;
  }
  const { output } = install.code === 0 ? update : install;
  say(`cannot install them, so what they write is not tested: ${lastLine(output)}`);
  return '';
}

/** @param {string} python */
async function hasModules(python) {
  try {
    return (await run(python, ['-c', pythonModules])).code === 0;
  } catch {
    return false; // there is no such program
  }
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}

await script(async () => {
  // the tests are mocha files, which are given nothing but the environment
  process.env['INTEROP_NODE'] = await ensureNodePackages();
  process.env['INTEROP_PYTHON'] = await ensurePythonPackages();
  if (process.env['INTEROP_NODE'] === '' && process.env['INTEROP_PYTHON'] === '') {
    console.log('0 passed, 0 failed, 1 skipped');
    return;
  }
  const bundles = await bundleTests('interop', ['test/interop/*.test.ts']);
  const ok = await runMocha(bundles, { timeout: 60_000, grep: process.argv[2] });
  process.exit(ok ? 0 : 1);
});
