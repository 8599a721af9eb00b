import assert from 'node:assert/strict';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

describe('debugging an app by its logs', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      workspace: 'test/fixtures/seed-app',
      size: { width: 1280, height: 900 },
    });
    await workbench.showCallsight();
  });
  after(() => workbench.close());

  it('shows the traces of the folder without a click, the newest day first', async () => {
    await workbench.treeItem(/3 calls to claude-sonnet-4-5/).waitFor();
    const first = workbench.sideBar.getByRole('treeitem').first();
    await expectText(first, /14 Oct/);
  });

  it('shows message, model, tokens and latency of the trace that is clicked', async () => {
    await workbench
      .treeItem(/cancel the subscription/)
      .first()
      .click();
    const panel = workbench.webview();
    await panel.getByRole('heading', { name: /cancel the subscription/ }).waitFor();
    await expectText(panel.getByRole('article', { name: /user/i }), /my phone is \+1 415-555-0133/);
    const summary = panel.locator('dl').first();
    await expectText(summary, /Duration\s*1\.37 s/);
    await expectText(summary, /Input tokens\s*100\s*cached: not in the log/);
    await expectText(summary, /Output tokens\s*56/);
    await expectText(summary, /claude-sonnet-4-5/);
  });

  it('diagnoses a failed call: why, what to do, and the words that decided', async () => {
    await workbench.treeItem(/3 calls to claude-sonnet-4-5/).hover();
    await workbench
      .treeItem(/3 calls to claude-sonnet-4-5/)
      .getByRole('button', { name: /Diagnose/ })
      .click();
    const card = workbench.webview().getByRole('region', { name: /diagnosis/i });
    await expectText(card, /No credit, or billing is not active/);
    await expectText(card, /retrying does not help/);
    await expectText(card.getByRole('listitem').first(), /Add credit/);
    await expectText(card.locator('mark').last(), /insufficient_quota/);
  });

  it('says that the log has no text, and how to record it', async () => {
    const panel = workbench.webview();
    await panel.getByRole('heading', { name: 'Messages were not recorded' }).waitFor();
    await panel.getByText('LLM_LOG_PROMPTS=true LLM_LOG_RESPONSES=true').waitFor();
  });

  it('opens the record in its file, at its line', async () => {
    await workbench.webview().getByRole('button', { name: 'Open log line' }).click();
    await workbench.editors.getByRole('tab', { name: /^llm\.jsonl/ }).waitFor();
    await expectText(workbench.statusBar, /Ln 209/);
  });

  it('diagnoses a message that is pasted', async () => {
    await workbench.runCommand('Callsight: Diagnose Pasted Text');
    const input = workbench.page.locator('.quick-input-widget').getByRole('textbox');
    await input.fill(
      'openai.APIConnectionError: [Errno 111] Connection refused to localhost:11434',
    );
    await workbench.page.keyboard.press('Enter');
    await expectText(workbench.editors, /Could not connect/);
    await expectText(workbench.editors, /11434/);
  });

  it('broke no content security policy', () => {
    assert.deepEqual(workbench.policyViolations, []);
  });
});
