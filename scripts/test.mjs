// npm test: installs what is missing and runs everything. With names it runs those steps only: npm test -- types unit.
// The last line is `N passed, N failed` over all steps, with `, N skipped` when there are such; a step that counts nothing
// counts as one.
import path from 'node:path';
import { ensureChromium } from './lib/chromium.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { Refusal, root, run, say, script } from './lib/process.mjs';
import { ensureVscodeHost } from './lib/vscode-host.mjs';

/** @param {string} name @returns {string} a program of our packages */
const tool = name => path.join(root, 'node_modules/.bin', name);
const { execPath: node } = process;

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly [string, ...string[]]} command
 * @property {boolean} [counts] it prints `N passed, N failed` itself
 * @property {boolean} [maySkip] it needs packages that some machines cannot install, and says so
 * @property {boolean} [inVscode] it needs VS Code and a browser
 */

/** @type {readonly Step[]} */
const steps = [
  { name: 'types', command: [tool('tsc'), '-p', '.', '--noEmit'] },
  { name: 'types-media', command: [tool('tsc'), '-p', 'media', '--noEmit'] },
  { name: 'types-ui', command: [tool('tsc'), '-p', 'test/ui', '--noEmit'] },
  { name: 'lint', command: [tool('oxlint')] },
  { name: 'format', command: [tool('oxfmt'), '--check'] },
  { name: 'unused', command: [tool('knip')] },
  { name: 'unit', command: [node, 'scripts/test-unit.mjs'], counts: true },
  { name: 'interop', command: [node, 'scripts/test-interop.mjs'], counts: true, maySkip: true },
  { name: 'build', command: [node, 'esbuild.js', '--production'] },
  { name: 'size', command: [node, 'scripts/check-size.mjs'], counts: true },
  { name: 'host', command: [node, 'scripts/test-host.mjs'], counts: true, inVscode: true },
  { name: 'ui', command: [node, 'scripts/test-ui.mjs'], counts: true, inVscode: true },
  { name: 'vsix', command: [node, 'scripts/test-ui.mjs', '--vsix'], counts: true, inVscode: true },
];

/**
 * @param {string} output
 * @returns {{ passed: number, failed: number, skipped: number } | undefined} the last counts in it
 */
function readCounts(output) {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/gm)].at(-1);
  return (
    last && { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3] ?? 0) }
  );
}

/**
 * @param {Step} step
 * @returns {Promise<{ name: string, passed: number, failed: number, skipped: number, seconds: number }>}
 */
async function runStep({ name, command: [program, ...rest], counts, maySkip }) {
  const started = performance.now();
  const { code, output } = await run(program, rest, { echo: counts === true });
  const said = counts ? readCounts(output) : { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // Whatever a step says of itself: ending badly, or testing nothing, is a failure.
  const passed = said?.passed ?? 0;
  const skipped = said?.skipped ?? 0;
  const ranNothing = passed === 0 && !(maySkip === true && skipped > 0);
  const isBad = code !== 0 || ranNothing;
  const failed = Math.max(said?.failed ?? 0, isBad ? 1 : 0);
  if (isBad && !counts) {
    console.log(output);
  }
  return { name, passed, failed, skipped, seconds: (performance.now() - started) / 1000 };
}

await script(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter(name => !steps.some(step => step.name === name));
  if (unknown.length > 0) {
    throw new Refusal(
      `no such step: ${unknown.join(', ')}; there are ${steps.map(({ name }) => name).join(', ')}`,
    );
  }
  const chosen = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  await ensurePackages();
  if (chosen.some(({ inVscode }) => inVscode === true)) {
    await ensureVscodeHost();
    await ensureChromium();
  }
  const results = [];
  for (const step of chosen) {
    say(step.name);
    results.push(await runStep(step));
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log();
  for (const { name, passed: good, failed: bad, seconds } of results) {
    console.log(
      `${name.padEnd(12)} ${String(good).padStart(5)} passed ${String(bad).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s`,
    );
  }
  const skipped = results.reduce((sum, result) => sum + result.skipped, 0);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
});
