import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { callLine } from '../../test/callLine';
import { Workbench } from '../../test/ui/driver/workbench';

/** The time (epoch ms) at which a row with that text is in the tree, looked for in every frame the page paints. */
async function rowAppears(page: Page, text: string): Promise<number> {
  const time = await page.waitForFunction(
    wanted =>
      [...document.querySelectorAll('[role=treeitem]')].some(row =>
        row.getAttribute('aria-label')?.includes(wanted),
      ) && Date.now(),
    text,
    { polling: 'raf', timeout: 30_000 },
  );
  return Number(await time.jsonValue());
}

/** From appending a line to a log to its row in the Traces view of a real VS Code window, ms. */
export async function appendToTree(appends: number): Promise<readonly number[]> {
  const workbench = await Workbench.open({ workspace: 'test/workspaces/demo' });
  await workbench.showCallsight();
  await workbench
    .treeItem(/heron|order|Norway/)
    .first()
    .waitFor({ timeout: 60_000 });
  const file = path.join(workbench.folder, 'logs/llm.jsonl');
  const times: number[] = [];
  for (let index = 0; index < appends; index++) {
    // Apart from each other by an uneven time, so that no rhythm of ours meets one of the engine.
    await sleep(400 + Math.random() * 400);
    const text = `Benchmark question ${String(index + 1).padStart(3, '0')}`;
    const appearing = rowAppears(workbench.page, text);
    await sleep(100);
    const appended = Date.now();
    fs.appendFileSync(file, callLine(text));
    times.push((await appearing) - appended);
  }
  await workbench.close();
  return times;
}
