import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { findAccessibilityFaults } from './driver/axe';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

describe('the session of a coding agent', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      workspace: 'test/fixtures/claude-code',
      size: { width: 1280, height: 900 },
    });
    await workbench.showCallsight();
  });
  after(() => workbench.close());

  it('shows each call with the conversation before it, what was sent before folded', async () => {
    await workbench
      .treeItem(/When does the bakery open/)
      .first()
      .click();
    const panel = workbench.webview();
    await panel.getByRole('row', { name: /chat/ }).nth(1).click();
    await expectText(panel.getByRole('tabpanel'), /re-sent unchanged/);
    await workbench.screenshot('session-dark');
    assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    assert.deepEqual(workbench.policyViolations, []);
  });
});

describe('a log of one’s own making', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      workspace: 'test/fixtures/seed-app',
      size: { width: 1280, height: 900 },
    });
    const lines = [
      {
        when: '2026-11-26T10:00:00Z',
        engine: 'gpt-4o',
        frage: 'Wie viele Rechnungen sind offen?',
        antwort: 'Drei Rechnungen sind offen.',
        tok_hin: 120,
        tok_her: 40,
        dauer: 1.25,
      },
      {
        when: '2026-11-26T10:01:00Z',
        engine: 'gpt-4o',
        frage: 'Wann kommt das Paket?',
        antwort: 'Morgen.',
        tok_hin: 90,
        tok_her: 12,
        dauer: 0.8,
      },
    ];
    const text = lines.map(line => `${JSON.stringify(line)}\n`).join('');
    fs.writeFileSync(path.join(workbench.folder, 'eigenes.jsonl'), text);
    await workbench.showCallsight();
  });
  after(() => workbench.close());

  it('is read once somebody has said what its fields mean; the guess is right, so Enter is all it takes', async () => {
    const row = workbench.treeItem(/eigenes\.jsonl/);
    // what a row is about is forgotten by VS Code while it draws the row again
    await expectText(row, /fields of its own: map them/);
    await expectText(workbench.treeItem(/^seed-app/), /^seed-app\s*\d+ files/);
    await row.hover();
    await row.getByRole('button', { name: /Map Fields/ }).click();
    const quickInput = workbench.page.locator('.quick-input-widget');
    const first = quickInput.getByRole('option').first();
    await expectText(first, /frage/);
    await workbench.screenshot('map-fields-dark');
    for (let step = 0; step < 20 && (await quickInput.isVisible()); step++) {
      await workbench.page.keyboard.press('Enter');
      await workbench.page.waitForTimeout(200);
    }
    await workbench
      .treeItem(/Wie viele Rechnungen|Wann kommt das Paket/)
      .first()
      .waitFor();
  });
});

describe('a log in the editor', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      workspace: 'test/workspaces/demo',
      size: { width: 1280, height: 900 },
    });
    await workbench.showCallsight();
  });
  after(() => workbench.close());

  it('says above a failed call what went wrong, and leads to it with a click', async () => {
    const row = workbench.treeItem(/llm\.jsonl/);
    await row.dblclick();
    const lens = workbench.editors.locator('.codelens-decoration').first();
    await lens.waitFor();
    await workbench.screenshot('log-editor-dark');
    await lens.getByRole('button').first().click();
    await workbench
      .webview()
      .getByRole('region', { name: /diagnosis/i })
      .waitFor();
  });
});
