// npm run test:desktop: test/host in the desktop VS Code, which is downloaded. On a machine without a display: xvfb-run -a.
import path from 'node:path';
import { bundleTests } from './lib/bundle-tests.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { mustRun, root, script } from './lib/process.mjs';

await script(async () => {
  await ensurePackages();
  await mustRun(process.execPath, [path.join(root, 'esbuild.js')]);
  const suite = await bundleTests('host', ['test/host/index.ts', 'test/host/**/*.test.ts']);
  const { runTests } = await import('@vscode/test-electron');
  process.exitCode = await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(suite, 'index.js'),
    launchArgs: [path.join(root, 'test/workspaces/demo'), '--disable-extensions'],
  });
});
