// npm run bench: runs what is in bench/. It measures and prints; it never fails for being slow.
import path from 'node:path';
import { bundleTests, listFiles } from './lib/bundle-tests.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { mustRun, root, run, script } from './lib/process.mjs';
import { ensureVscodeHost } from './lib/vscode-host.mjs';

await script(async () => {
  await ensurePackages();
  await ensureVscodeHost();
  await ensureChromium();
  await mustRun(process.execPath, [path.join(root, 'esbuild.js'), '--production']);
  const folder = await bundleTests('bench', ['bench/*.ts']);
  for (const file of listFiles(folder, '.mjs').filter(name => !/chunk-/.test(name))) {
    const { code } = await run(process.execPath, [file], { echo: true });
    process.exitCode = code === 0 ? process.exitCode : 1;
  }
});
