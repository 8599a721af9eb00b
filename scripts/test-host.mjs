// npm run test:host [-- TEXT]: test/host inside the extension host of a real VS Code; TEXT picks tests by name.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleTests } from './lib/bundle-tests.mjs';
import { runHostSuite } from './lib/host-suite.mjs';
import { root, script } from './lib/process.mjs';
import { ensureVscodeHost } from './lib/vscode-host.mjs';

await script(async () => {
  await ensureVscodeHost();
  await bundleTests('host', ['test/host/index.ts', 'test/host/**/*.test.ts']);
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-host-'));
  fs.cpSync(path.join(root, 'test/workspaces/demo'), workspace, { recursive: true });
  process.once('exit', () => fs.rmSync(workspace, { recursive: true, force: true }));
  const ok = await runHostSuite({
    extensionTestsPath: path.join(root, 'out/host/index.js'),
    workspace,
    env: { MOCHA_GREP: process.argv[2] ?? '' },
    timeoutMs: 5 * 60_000,
    print: (type, ...printed) => (type === 'error' ? console.error : console.log)(...printed),
  });
  process.exit(ok ? 0 : 1);
});
