import fs from 'node:fs';
import path from 'node:path';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

const good = `${JSON.stringify({
  request_id: 'a-good-call',
  timestamp: '2026-10-01T10:00:00.000000',
  model: 'gpt-4o',
  provider: 'openai',
  operation: 'completion',
  messages: [{ role: 'user', content: 'The call that can be read' }],
  prompt_tokens: 3,
  completion_tokens: 4,
  latency_ms: 5,
})}\n`;
const giantBytes = 100 * 1024 * 1024;

/** A giant line between two good ones, written piece by piece. */
function writeGiantLine(file: string): void {
  fs.writeFileSync(file, good.replace('a-good-call', 'before-the-giant'));
  const piece = Buffer.alloc(1024 * 1024, 'x');
  fs.appendFileSync(file, '{"response":"');
  for (let written = 0; written < giantBytes; written += piece.length) {
    fs.appendFileSync(file, piece);
  }
  fs.appendFileSync(file, `"}\n${good.replace('a-good-call', 'after-the-giant')}`);
}

describe('what cannot be read', () => {
  let workbench: Workbench;
  let logs: string;
  before(async () => {
    workbench = await Workbench.open({ size: { width: 1280, height: 900 } });
    logs = path.join(workbench.folder, 'logs');
  });
  after(() => workbench.close());

  it('an empty folder: says that nothing was found and what to do', async () => {
    await workbench.showCallsight();
    await expectText(workbench.sideBar, /No LLM logs were found/);
    await workbench.sideBar.getByRole('button', { name: /Open Log Folder/ }).waitFor();
    await workbench.screenshot('empty-dark');
  });

  it('binary junk, a broken line and a 100 MB line: each says why, the rest is read', async () => {
    fs.mkdirSync(logs);
    fs.writeFileSync(path.join(logs, 'calls.jsonl'), `{"request_id": "cut\n${good}`);
    fs.writeFileSync(
      path.join(logs, 'junk.jsonl'),
      Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)),
    );
    writeGiantLine(path.join(logs, 'giant.jsonl'));
    await workbench.runCommand('Callsight: Find Logs in Workspace');
    await workbench
      .treeItem(/The call that can be read/)
      .first()
      .waitFor();
    await expectText(workbench.treeItem(/^calls\.jsonl/), /1 skipped/);
    await expectText(workbench.treeItem(/^junk\.jsonl/), /binary/i);
    await expectText(workbench.treeItem(/^giant\.jsonl/), /2 records.*1 skipped/);
    await workbench.screenshot('bad-input-dark');
  });

  it('a folder that vanishes, and one that comes back', async () => {
    fs.renameSync(logs, `${logs}-elsewhere`);
    await expectText(workbench.treeItem(/^logs/), /gone|missing|not there|does not exist/i);
    fs.renameSync(`${logs}-elsewhere`, logs);
    await workbench
      .treeItem(/The call that can be read/)
      .first()
      .waitFor();
  });

  it('a folder is closed by a key, without being asked which one', async () => {
    await workbench.standStill();
    await workbench.treeItem(/^logs/).click();
    await workbench.page.keyboard.press('Delete');
    await workbench.treeItem(/^logs/).waitFor({ state: 'detached' });
    await expectText(workbench.statusBar, /^(?!.*\d calls?\b)/s);
  });
});
