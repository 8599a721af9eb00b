// npm run scale: every fixture is written again and again to two sizes, everything that can be asked of it is asked of both, and what takes
// more than in proportion is printed. Options: see bench/scale/main.ts.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { bundleTests } from './lib/bundle-tests.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { mustRun, root, script } from './lib/process.mjs';

await script(async () => {
  await ensurePackages();
  await mustRun(process.execPath, [path.join(root, 'esbuild.js')]);
  const folder = await bundleTests('scale', ['bench/scale/main.ts']);
  const scale = spawn(process.execPath, [path.join(folder, 'main.mjs'), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.once('exit', () => scale.kill());
  process.exitCode = await new Promise((resolve, reject) => {
    scale.once('error', reject);
    scale.once('exit', code => resolve(code ?? 1));
  });
});
