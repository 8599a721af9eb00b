// npm run test:unit [-- TEXT]: the tests that need no VS Code; TEXT picks those whose names hold it.
import { bundleTests } from './lib/bundle-tests.mjs';
import { runMocha } from './lib/mocha.mjs';
import { script } from './lib/process.mjs';

await script(async () => {
  const folder = await bundleTests('unit', ['test/unit/**/*.test.ts']);
  const ok = await runMocha(folder, { timeout: 20_000, grep: process.argv[2] });
  // A test that leaves a watcher or a worker open must not hang the run.
  process.exit(ok ? 0 : 1);
});
