import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { callLine } from '../../test/callLine';
import { Random } from '../../test/fuzz/random';
import { Texts } from '../data/prose';
import { Workbench } from '../../test/ui/driver/workbench';

const calls = 40;
const promptCharacters = 6000;
const maxWaitMs = 5000;
/** By `aria-rowindex`; before it are the head and the trace itself. */
const firstCallRow = 3;

/** One trace of calls, each with a question of its own that stands nowhere else. */
function writeTrace(folder: string): void {
  const random = new Random('panel');
  const texts = new Texts(new Random('texts'));
  const lines = Array.from({ length: calls }, (_, index) => {
    // the pieces are escaped for JSON: what they say matters here as little as elsewhere
    const text = texts.text(random, promptCharacters);
    return callLine(`${questionOf(index)} ${text}`, {
      tags: { trace_id: 'bench', span_id: `span-${index}` },
      timestamp: new Date(Date.UTC(2026, 8, 1) + index * 1000).toISOString(),
      response: texts.text(random, promptCharacters / 4),
    });
  });
  fs.writeFileSync(path.join(folder, 'calls.jsonl'), lines.join(''));
}

function questionOf(index: number): string {
  return `Question number ${String(index).padStart(3, '0')}.`;
}

/** How long a button is held down by a click, ms. */
const pressMs = 80;

/** `mouse`: the button is pressed and released on the row; `script`: the row is chosen with nothing before it. */
export type Choosing = 'mouse' | 'script';

/** From the click on a row, which is the release of the button, to the frame in which its text is painted, measured inside of the page. */
async function openRow(frame: Frame, index: number, choosing: Choosing): Promise<number> {
  const row = frame.locator(`.cs-row[aria-rowindex="${index + firstCallRow}"]`);
  const painted = untilPainted(frame, index);
  if (choosing === 'mouse') {
    await row.click({ delay: pressMs });
  } else {
    await row.evaluate((element: HTMLElement) => element.click());
  }
  return painted;
}

/** From the next click in the page. */
function untilPainted(frame: Frame, index: number): Promise<number> {
  return frame.evaluate(
    ({ question, patience }) =>
      new Promise<number>((resolve, reject) => {
        let start = Number.POSITIVE_INFINITY;
        document.addEventListener(
          'click',
          event => {
            start = event.timeStamp;
          },
          { capture: true, once: true },
        );
        const look = () => {
          const detail = document.querySelector('#detail');
          if (detail?.textContent.includes(question) === true) {
            // a task of its own comes when this frame is on its way to the screen
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => resolve(performance.now() - start));
            port1.start();
            port2.postMessage(undefined);
          } else if (performance.now() - start > patience) {
            reject(new Error(`"${question}" does not show`));
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
      }),
    { question: questionOf(index), patience: maxWaitMs },
  );
}

/** From choosing another call in an open trace panel until it is painted, ms. */
export async function openInPanel(opens: number, choosing: Choosing): Promise<readonly number[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-panel-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  writeTrace(folder);
  const workbench = await Workbench.open({ workspace: folder });
  await workbench.showCallsight();
  await workbench
    .treeItem(/Question number/)
    .first()
    .click();
  await workbench.webview().getByRole('row').nth(3).waitFor();
  const frame = await workbench.webviewFrame();
  const random = new Random('clicks');
  const times: number[] = [];
  // a row that is out of sight would be scrolled to first, and others would be gone
  const rows = await frame.locator('.cs-row').evaluateAll(all => {
    const bottom = all[0]?.closest('.cs-pane')?.getBoundingClientRect().bottom ?? 0;
    return all.filter(row => row.getBoundingClientRect().bottom < bottom).length;
  });
  let before = -1;
  while (times.length < opens) {
    const index = random.below(Math.min(calls, rows - 1));
    if (index !== before) {
      before = index;
      times.push(await openRow(frame, index, choosing));
      // a person reads
      await sleep(100 + random.below(100));
    }
  }
  await workbench.close();
  return times;
}
