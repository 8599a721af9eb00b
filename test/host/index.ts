import fs from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/**
 * What VS Code calls to run the suite inside its extension host, in the browser workbench and on the desktop alike. Prints
 * `::start`, the report, the counts and `::end ok` or `::end failed`: the runner believes nothing but that last word.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    reporter: 'spec',
    timeout: 30_000,
    forbidOnly: true,
    ...(process.env['MOCHA_GREP'] ? { grep: process.env['MOCHA_GREP'] } : {}),
  });
  fs.readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.js'))
    .sort()
    .forEach(name => mocha.addFile(path.join(__dirname, name)));

  console.log('::start');
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>(resolve => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => counts.passed++);
    runner.on('fail', () => counts.failed++);
    runner.on('pending', () => counts.skipped++);
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  const ok = counts.passed > 0 && counts.failed === 0;
  console.log(ok ? '::end ok' : '::end failed');
  if (!ok) {
    throw new Error(counts.passed > 0 ? 'tests failed' : 'no test ran');
  }
}
