import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

describe('the trace panel by keyboard', () => {
  let workbench: Workbench;
  let panel: FrameLocator;
  let selected: Locator;
  const press = (key: string) => workbench.page.keyboard.press(key);
  /** `wanted` is a role or an id; the focus follows a drawn frame later than the key. */
  const expectFocus = async (wanted: string) => {
    const frame = await workbench.webviewFrame();
    await frame.waitForFunction(
      expected => {
        const { role, id } = document.activeElement ?? {};
        return role === expected || id === expected;
      },
      wanted,
      { timeout: 5000 },
    );
  };

  before(async () => {
    workbench = await Workbench.open({ workspace: 'test/workspaces/demo' });
    await workbench.showCallsight();
    await workbench
      .treeItem(/Where is my order.*context length/)
      .first()
      .click();
    panel = workbench.webview();
    selected = panel.getByRole('row', { selected: true });
    await panel.getByRole('row', { name: /completion/ }).click();
  });
  after(() => workbench.close());

  it('moves through the rows, and closes and opens them', async () => {
    await press('Home');
    await expectText(selected, /^request/);
    await press('ArrowDown');
    await expectText(selected, /^function_call/);
    await press('ArrowLeft');
    assert.equal(await panel.getByRole('row', { name: /lookup_order/ }).count(), 0);
    await press('ArrowRight');
    await panel.getByRole('row', { name: /lookup_order/ }).waitFor();
    await press('ArrowRight');
    await expectText(selected, /^lookup_order/);
    await press('ArrowLeft');
    await expectText(selected, /^function_call/);
  });

  it('goes from call to call and to the error', async () => {
    await press('j');
    await expectText(selected, /^completion/);
    await press('k');
    await expectText(selected, /^function_call/);
    await press('F8');
    await expectText(selected, /^completion/);
  });

  it('enters the detail and comes back to the row', async () => {
    await press('Enter');
    await expectFocus('tabpanel');
    await press('Escape');
    await expectFocus('row');
    await expectText(selected, /^completion/);
  });

  it('shows the parts of a call by their numbers', async () => {
    const tabs = await panel.getByRole('tab').allInnerTexts();
    for (const [index, name] of tabs.entries()) {
      await press(String(index + 1));
      await panel.getByRole('tab', { name, exact: true, selected: true }).waitFor();
    }
    await press('1');
  });

  it('goes to the filter and back', async () => {
    await press('/');
    await expectFocus('filter');
    await workbench.page.keyboard.type('kind:tool');
    await expectText(panel.getByRole('row').nth(3), /lookup_order/);
    await workbench.page.keyboard.press('Control+a');
    await press('Delete');
    await press('Escape');
    await expectFocus('row');
  });

  it('opens the copy menu and closes it again', async () => {
    await press('c');
    await panel.getByRole('menuitem', { name: 'Markdown' }).waitFor();
    await press('Escape');
    await panel.getByRole('menuitem', { name: 'Markdown' }).waitFor({ state: 'detached' });
  });
});
