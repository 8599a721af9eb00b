import { listFiles } from './bundle-tests.mjs';
import { root } from './process.mjs';

/**
 * Runs bundled mocha files in this process. Prints `N passed, N failed, N skipped` as its last line, which the whole run
 * adds up. A suite in which no test ran has failed.
 * @param {string} folder
 * @param {{ timeout: number, grep?: string | undefined }} options
 * @returns {Promise<boolean>} whether all is well
 */
export async function runMocha(folder, options) {
  process.chdir(root);
  process.setSourceMapsEnabled(true);
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    color: process.stdout.isTTY,
    reporter: process.env['MOCHA_REPORTER'] ?? 'dot',
    timeout: options.timeout,
    forbidOnly: true,
    ...(options.grep === undefined ? {} : { grep: options.grep }),
  });
  listFiles(folder, '.test.mjs').forEach(file => mocha.addFile(file));
  await mocha.loadFilesAsync();
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  await new Promise(resolve => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => passed++);
    runner.on('fail', () => failed++);
    runner.on('pending', () => skipped++);
  });
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return passed > 0 && failed === 0;
}
