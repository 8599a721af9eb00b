// npm run check:size: holds the bundles of a production build in dist/ to their budgets. One wrong import costs 100s of kB.
import fs from 'node:fs';
import path from 'node:path';
import { Refusal, root, script } from './lib/process.mjs';

/**
 * In bytes, minified. The formats are 330 kB of what reads (`reading`) and of the search, which run in a thread or a process of their own and
 * never on the way to activation.
 */
const budgets = {
  'dist/extension.js': 122_000,
  'dist/engine.js': 30_000,
  'dist/errors.js': 210_000,
  'dist/watching.js': 26_000,
  'dist/cli.js': 46_000,
  'dist/reading.js': 760_000,
  'dist/mapping.js': 25_000,
  'dist/search.js': 345_000,
  'dist/scan.js': 40_000,
  'dist/prices.js': 335_000,
  'dist/webview/main.js': 400_000,
  'dist/webview/main.css': 100_000,
};

await script(async () => {
  if (fs.readdirSync(path.join(root, 'dist')).some(name => name.endsWith('.map'))) {
    throw new Refusal('dist/ is no production build: node esbuild.js --production');
  }
  const counts = { passed: 0, failed: 0 };
  for (const [file, budget] of Object.entries(budgets)) {
    const { size } = fs.statSync(path.join(root, file));
    const fits = size <= budget;
    counts[fits ? 'passed' : 'failed']++;
    console.log(
      `${fits ? 'ok      ' : 'TOO BIG '} ${file.padEnd(22)} ${(size / 1000).toFixed(0).padStart(4)} of ${budget / 1000} kB`,
    );
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
});
