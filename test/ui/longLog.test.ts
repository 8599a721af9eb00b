import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { callLine } from '../callLine';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

/** Some 300,000 calls: what takes our reader ten seconds leaves a busy machine the time to draw the first ones. */
const fillerBytes = 80 * 1024 * 1024;
/** More than what of the end of a file is shown before the rest is read. */
const beforeEndBytes = 1024 * 1024;
const readingMs = 90_000; // at most

/** A call as Python prints it: such lines are read slowly enough for somebody to stop it. */
function pythonLine(index: number): string {
  const time = new Date(Date.UTC(2026, 8, 1) + index * 5000).toISOString().slice(0, -1);
  return `{'request_id': 'filler-${index}', 'timestamp': '${time}', 'model': 'gpt-4o', 'operation': 'completion', 'messages': [{'role': 'user', 'content': 'Filler ${index}.'}], 'prompt_tokens': 3, 'completion_tokens': 4, 'latency_ms': 5, 'error': None}\n`;
}

describe('a log that takes its time to be read', () => {
  let workbench: Workbench;
  let file: string;
  const trace = randomUUID();
  const ofTrace = (span: string) => ({ tags: { trace_id: trace, span_id: span } });
  const message = () => workbench.page.locator('.tree-explorer-viewlet-tree-view .message').first();
  const panel = () => workbench.webview();
  const calls = () => panel().locator('dl').first();

  before(async () => {
    workbench = await Workbench.open({ size: { width: 1280, height: 900 } });
    const logs = path.join(workbench.folder, 'logs');
    fs.mkdirSync(logs);
    file = path.join(logs, 'long.jsonl');
    // found while it is written it would be a short log that grows: only what is there at first is shown before the rest
    const unfinished = path.join(path.dirname(workbench.folder), 'unfinished');
    const log = fs.openSync(unfinished, 'w');
    let index = 0;
    const write = (bytes: number): void => {
      for (let written = 0; written < bytes;) {
        const lines = Array.from({ length: 100 }, () => pythonLine(index++));
        written += fs.writeSync(log, lines.join(''));
      }
    };
    write(fillerBytes);
    fs.writeSync(log, callLine('Asked before the end', ofTrace('11111111')));
    write(beforeEndBytes);
    fs.writeSync(log, callLine('The newest of all', ofTrace('22222222')));
    fs.closeSync(log);
    await workbench.showCallsight();
    fs.renameSync(unfinished, file);
    await workbench.runCommand('Callsight: Find Logs in Workspace');
  });
  after(() => workbench.close());

  it('shows the newest call at once, and reading is stopped by a click', async () => {
    await workbench.treeItem(/The newest of all/).waitFor();
    await expectText(message(), /The newest calls are shown; \d+ % of \d+ MB read/);
    await workbench.screenshot('reading-dark');
    const row = workbench.treeItem(/^logs/);
    await row.hover();
    await row.getByRole('button', { name: 'Stop Reading' }).click();
    await expectText(message(), /Reading was stopped at \d+ % of \d+ MB: calls are missing/);
    await expectText(row, /stopped at \d+ %/);
    const [records] =
      /[\d,]+(?= records)/.exec(await workbench.treeItem(/long\.jsonl/).innerText()) ?? [];
    await expectText(workbench.statusBar, new RegExp(`${records} calls`));
    await workbench.screenshot('stopped-dark');
  });

  it('shows in the panel what of a trace is known, and what is appended meanwhile', async () => {
    await workbench.treeItem(/The newest of all/).click();
    await panel()
      .getByRole('heading', { name: /The newest of all/ })
      .waitFor();
    await expectText(panel().getByRole('article', { name: /user/i }), /The newest of all/);
    await expectText(calls(), /Calls\s*1\b/);
    fs.appendFileSync(file, callLine('Appended while stopped', ofTrace('33333333')));
    await expectText(calls(), /Calls\s*2\b/);
  });

  it('goes on by a click, and the panel stays with its call when all is read in order', async () => {
    const row = workbench.treeItem(/^logs/);
    await row.hover();
    await row.getByRole('button', { name: 'Resume Reading' }).click();
    await expectText(calls(), /Calls\s*3\b/, readingMs);
    await expectText(panel().getByRole('article', { name: /user/i }), /The newest of all/);
    await expectText(row, /^logs\s*1 file/);
    await message().waitFor({ state: 'hidden' });
    fs.appendFileSync(file, callLine('Appended at last', ofTrace('44444444')));
    await expectText(calls(), /Calls\s*4\b/);
  });
});
