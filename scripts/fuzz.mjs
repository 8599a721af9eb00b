// npm run fuzz [-- --seed TEXT] [--format ID] [--run N] [--runs N] [--also FOLDER]: every format reads records with faults in
// them, 10,000 each, and every log mixed with every other; as many lines with faults, of all formats together, are read with and without the
// scanner. Without a seed it is a new one every time.
import { parseArgs } from 'node:util';
import { bundleTests } from './lib/bundle-tests.mjs';
import { runMocha } from './lib/mocha.mjs';
import { say, script } from './lib/process.mjs';

await script(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      format: { type: 'string' },
      run: { type: 'string' },
      runs: { type: 'string', default: '10000' },
      also: { type: 'string' },
    },
  });
  const { seed, format, run, runs, also } = values;
  say(`seed ${seed}`);
  // the tests are mocha files, which are given nothing but the environment
  process.env['FUZZ_SEED'] = seed;
  process.env['FUZZ_RUNS'] = run === undefined ? runs : '1';
  process.env['FUZZ_FIRST'] = run ?? '0';
  process.env['FUZZ_ALSO'] = also ?? '';
  const folder = await bundleTests('fuzz', ['test/fuzz/**/*.test.ts']);
  const grep = format === undefined ? undefined : `fuzz ${format}:`;
  const ok = await runMocha(folder, { timeout: 600_000, grep });
  process.exit(ok ? 0 : 1);
});
