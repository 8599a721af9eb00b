import fs from 'node:fs';
import path from 'node:path';
import { callLine } from '../callLine';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

/** More than a trace is listed with at a time. */
const calls = 12_000;
const failed = 9000;

/** One call a second; one of them fails. */
function line(at: number): string {
  return callLine(`Question ${at}`, {
    timestamp: new Date(Date.UTC(2026, 8, 1) + at * 1000).toISOString().slice(0, -1),
    tags: { trace_id: 'all-of-it', span_id: `span-${at}` },
    ...(at === failed ? { error: 'Request timed out.', error_type: 'APITimeoutError' } : {}),
  });
}

describe('a trace of very many calls', () => {
  let workbench: Workbench;
  const panel = () => workbench.webview();
  const user = () => panel().getByRole('article', { name: /user/i });

  before(async () => {
    workbench = await Workbench.open();
    const logs = path.join(workbench.folder, 'logs');
    fs.mkdirSync(logs);
    const lines = Array.from({ length: calls }, (_, at) => line(at));
    fs.writeFileSync(path.join(logs, 'llm.jsonl'), lines.join(''));
    await workbench.showCallsight();
    await workbench.runCommand('Callsight: Find Logs in Workspace');
    await expectText(workbench.statusBar, /12,000 calls/);
  });
  after(() => workbench.close());

  it('opens at the call that failed, however far behind that stands', async () => {
    await workbench.treeItem(/Question 0/).click();
    await expectText(user(), new RegExp(`Question ${failed}$`));
    await panel()
      .getByRole('row', { name: /timeout/, selected: true })
      .waitFor();
    await expectText(panel().locator('dl').first(), /Calls\s*12,000\s*5,000 of them listed/);
  });

  it('lists its other parts', async () => {
    await panel().getByRole('treegrid').press('Home');
    await panel()
      .getByRole('row', { name: /earlier spans not listed/ })
      .click();
    await panel().getByRole('button', { name: 'List the first spans' }).click();
    await expectText(user(), /Question 0$/);
    await panel().getByRole('treegrid').press('End');
    await panel()
      .getByRole('row', { name: /7,000 more spans not listed/ })
      .click();
    await panel().getByRole('button', { name: 'List the next spans' }).click();
    await expectText(user(), /Question 4999$/);
  });
});
