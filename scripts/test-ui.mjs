// npm run test:ui [-- TEXT]: test/ui, clicks in a real VS Code window. With --vsix: in one that has the packaged extension.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleTests } from './lib/bundle-tests.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { makePackage } from './lib/package.mjs';
import { runMocha } from './lib/mocha.mjs';
import { root, script } from './lib/process.mjs';
import { ensureVscodeHost } from './lib/vscode-host.mjs';

await script(async () => {
  const { values, positionals } = parseArgs({
    options: { vsix: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  // Tests and pictures name days and hours; those are the reader's own.
  process.env['TZ'] = 'UTC';
  await ensureVscodeHost();
  await ensureChromium();
  if (values.vsix) {
    process.env['CALLSIGHT_VSIX'] = path.join(root, 'out/callsight.vsix');
    await makePackage(process.env['CALLSIGHT_VSIX']);
  }
  const folder = await bundleTests('ui', ['test/ui/**/*.test.ts']);
  const ok = await runMocha(folder, { timeout: 120_000, grep: positionals[0] });
  process.exit(ok ? 0 : 1);
});
