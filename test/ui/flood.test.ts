import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callLine } from '../callLine';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

/** Traces at a time, and how often: as many as a list shows, every two or three seconds. */
const tracesAtATime = 4;
const everyMs = 100;

describe('a log that is written to faster than anybody reads', () => {
  let workbench: Workbench;
  let writing: NodeJS.Timeout;
  let written = 0;

  before(async () => {
    workbench = await Workbench.open();
    const file = path.join(workbench.folder, 'llm.jsonl');
    const write = (): void => {
      const lines = Array.from({ length: tracesAtATime }, () => callLine(`Question ${written++}!`));
      fs.appendFileSync(file, lines.join(''));
    };
    write();
    await workbench.showCallsight();
    await workbench.runCommand('Callsight: Find Logs in Workspace');
    await workbench.treeItem(/Question 0!/).waitFor();
    writing = setInterval(write, everyMs);
  });
  after(async () => {
    clearInterval(writing);
    await workbench.close();
  });

  it('keeps the row that was clicked, in its place and selected, and counts what is newer', async () => {
    const rows = workbench.sideBar.getByRole('treeitem', { name: /Question \d+!/ });
    await rows.nth(3).click();
    const selected = workbench.sideBar.getByRole('treeitem', { selected: true });
    const label = await selected.innerText();
    await workbench.treeItem(/Show [\d,]{2,} newer traces/).waitFor();
    const place = await selected.boundingBox();
    const countBefore = written;
    while (written < countBefore + 300) {
      await sleep(everyMs);
    }
    assert.equal(await selected.innerText(), label);
    assert.deepEqual(await selected.boundingBox(), place);
  });

  it('shows the newest when it is asked to', async () => {
    clearInterval(writing);
    await expectText(workbench.statusBar, new RegExp(`${written.toLocaleString('en-GB')} calls`));
    await workbench.treeItem(/Show [\d,]+ newer traces/).click();
    await workbench.treeItem(new RegExp(`Question ${written - 1}!`)).waitFor();
  });
});
