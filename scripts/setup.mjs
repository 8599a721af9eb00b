// npm run setup: everything that `npm start` and `npm test` would install on their first run.
import { ensureChromium } from './lib/chromium.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { script } from './lib/process.mjs';
import { ensureVscodeHost } from './lib/vscode-host.mjs';

await script(async () => {
  await ensurePackages();
  await ensureVscodeHost();
  await ensureChromium();
});
