// npm run bench: measures the bars of bench/bars.ts and prints them. It never fails for being slow; it fails (1) when our own
// totals are wrong, or when a bar breaks. Options: see bench/main.ts.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { bundleTests } from './lib/bundle-tests.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { mustRun, root, say, script } from './lib/process.mjs';

await script(async () => {
  await ensurePackages();
  say('building what ships, and the benchmarks');
  await mustRun(process.execPath, [path.join(root, 'esbuild.js'), '--production']);
  const folder = await bundleTests('bench', ['bench/main.ts', 'bench/probes/*.ts']);
  const bench = spawn(process.execPath, [path.join(folder, 'main.mjs'), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.once('exit', () => bench.kill());
  process.exitCode = await new Promise((resolve, reject) => {
    bench.once('error', reject);
    bench.once('exit', code => resolve(code ?? 1));
  });
});
