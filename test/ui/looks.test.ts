import assert from 'node:assert/strict';
import { findAccessibilityFaults } from './driver/axe';
import { type Theme, Workbench } from './driver/workbench';

const themes: Readonly<Record<string, Theme>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

for (const [name, theme] of Object.entries(themes)) {
  describe(`the trace panel in ${theme}`, () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await Workbench.open({
        workspace: 'test/workspaces/demo',
        theme,
        size: { width: 1280, height: 900 },
      });
      await workbench.showCallsight();
    });
    after(() => workbench.close());

    it('has nothing that axe calls serious: a failed call', async () => {
      await workbench
        .treeItem(/Where is my order.*context length/)
        .first()
        .click();
      const panel = workbench.webview();
      await panel.getByRole('region', { name: /diagnosis/i }).waitFor();
      await workbench.screenshot(`trace-${name}`);
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    });

    it('has nothing that axe calls serious: every part of a call with text', async () => {
      const panel = workbench.webview();
      await panel
        .getByRole('row', { name: /function_call/ })
        .first()
        .click();
      const frame = await workbench.webviewFrame();
      for (const tab of await panel.getByRole('tab').all()) {
        await tab.click();
        await panel.getByRole('tabpanel').waitFor();
        assert.deepEqual(await findAccessibilityFaults(frame), [], await tab.innerText());
      }
      await panel.getByRole('tab').first().click();
      await workbench.screenshot(`conversation-${name}`);
    });

    it('does not scroll sideways in 420 px', async () => {
      await workbench.page.keyboard.press('Control+b');
      await workbench.page.setViewportSize({ width: 470, height: 900 });
      const frame = await workbench.webviewFrame();
      await frame.waitForFunction(() => window.innerWidth <= 430);
      await workbench.screenshot(`trace-${name}-narrow`);
      const overflow = await frame.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0);
      assert.deepEqual(await findAccessibilityFaults(frame), []);
    });

    it('broke no content security policy', () => {
      assert.deepEqual(workbench.policyViolations, []);
    });
  });
}
