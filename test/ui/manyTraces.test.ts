import fs from 'node:fs';
import path from 'node:path';
import { callLine } from '../callLine';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

const traces = 1500;
/** Newest first these stand further down than the list shows at first. */
const failed = [420, 300];

function line(at: number): string {
  return callLine(`Question ${at}!`, {
    timestamp: new Date(Date.UTC(2026, 8, 1, 1) + at * 1000).toISOString().slice(0, -1),
    tags: { trace_id: `trace-${1000 + at}`, span_id: `span-${at}` },
    ...(failed.includes(at) ? { error: 'Request timed out.', error_type: 'APITimeoutError' } : {}),
  });
}

describe('a list of very many traces', () => {
  let workbench: Workbench;
  const selected = (name: RegExp) =>
    workbench.sideBar.getByRole('treeitem', { name, selected: true });

  before(async () => {
    workbench = await Workbench.open();
    const logs = path.join(workbench.folder, 'logs');
    fs.mkdirSync(logs);
    const lines = Array.from({ length: traces }, (_, at) => line(at));
    fs.writeFileSync(path.join(logs, 'llm.jsonl'), lines.join(''));
    await workbench.showCallsight();
    await workbench.runCommand('Callsight: Find Logs in Workspace');
    await workbench.treeItem(/Question 1499!/).waitFor();
  });
  after(() => workbench.close());

  it('grows by a key, and who reads goes on at the first row that came', async () => {
    await workbench.treeItem(/Question 1499!/).click();
    await workbench.page.keyboard.press('End');
    const focused = workbench.sideBar.locator('.monaco-list-row.focused');
    await expectText(focused, /Load 100 more/);
    await workbench.page.keyboard.press('Enter');
    await expectText(focused, /Question 1399!/);
    await workbench.page.keyboard.press('ArrowDown');
    await expectText(focused, /Question 1398!/);
  });

  it('goes from error to error, and the row of each is selected, however far down it stands', async () => {
    for (const at of failed) {
      await workbench.runCommand('Callsight: Go to Next Error');
      await workbench
        .webview()
        .getByRole('heading', { name: new RegExp(`Question ${at}!`) })
        .waitFor();
      await selected(new RegExp(`Question ${at}!`)).waitFor();
    }
  });

  it('shows the row of a trace that was found by its id', async () => {
    await workbench.runCommand('Callsight: Go to Trace');
    const box = workbench.page.locator('.quick-input-widget');
    await box.getByText('Question 1499!').waitFor();
    await box.getByRole('textbox').fill('trace-1077');
    await box.getByRole('option', { name: /Question 77!/ }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench
      .webview()
      .getByRole('button', { name: /trace trace-1077/ })
      .click();
    await selected(/Question 77!/).waitFor();
  });

  it('says that a filter hides it, and shows it without', async () => {
    await workbench.runCommand('Callsight: Filter…');
    await workbench.page.locator('.quick-input-widget').getByRole('textbox').fill('status:error');
    await workbench.page.keyboard.press('Enter');
    await workbench.treeItem(/Question 1499!/).waitFor({ state: 'detached' });
    await workbench
      .webview()
      .getByRole('button', { name: /trace trace-1077/ })
      .click();
    await workbench.statusBar.getByRole('button', { name: /notification/i }).click();
    const note = workbench.page.locator('.notifications-center');
    await note.getByText('The filter hides this trace.').waitFor();
    await note.getByRole('button', { name: 'Clear Filter' }).click();
    await selected(/Question 77!/).waitFor();
  });
});
