import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame } from 'playwright-core';

const source = fs.readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

declare const axe: { run(options: RunOptions): Promise<AxeResults> };

/** What axe finds against WCAG 2 A and AA that is serious or critical: `rule: help (element, element)`. */
export async function findAccessibilityFaults(frame: Frame): Promise<string[]> {
  await frame.evaluate(source);
  const { violations } = await frame.evaluate(() =>
    axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(node => node.target).join(', ')})`);
}
