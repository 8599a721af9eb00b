// npm run package: makes callsight-VERSION.vsix in the repository.
import fs from 'node:fs';
import path from 'node:path';
import { makePackage } from './lib/package.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root, say, script } from './lib/process.mjs';

await script(async () => {
  await ensurePackages();
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file = path.join(root, `callsight-${version}.vsix`);
  await makePackage(file);
  say(`${path.relative(root, file)} is ${Math.round(fs.statSync(file).size / 1000)} kB`);
});
