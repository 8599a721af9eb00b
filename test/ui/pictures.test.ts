import fs from 'node:fs';
import path from 'node:path';
import { callLine } from '../callLine';
import { expectText } from './driver/expect';
import { type Theme, Workbench } from './driver/workbench';

const themes: Readonly<Record<string, Theme>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
};

for (const [name, theme] of Object.entries(themes)) {
  describe(`pictures of the main job in ${theme}`, () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await Workbench.open({
        workspace: 'test/fixtures/seed-app',
        theme,
        size: { width: 1280, height: 900 },
      });
      await workbench.showCallsight();
      await workbench.treeItem(/3 calls to claude-sonnet-4-5/).waitFor();
    });
    after(() => workbench.close());

    it('a line that was appended is in the tree', async () => {
      const file = path.join(workbench.folder, 'llm.jsonl');
      fs.appendFileSync(file, callLine('Where is my parcel 4711?'));
      await workbench.treeItem(/Where is my parcel 4711/).waitFor();
      await workbench.standStill();
      await workbench.screenshot(`live-${name}`);
    });

    it('an error is diagnosed', async () => {
      await workbench.treeItem(/3 calls to claude-sonnet-4-5/).hover();
      await workbench
        .treeItem(/3 calls to claude-sonnet-4-5/)
        .getByRole('button', { name: /Diagnose/ })
        .click();
      const card = workbench.webview().getByRole('region', { name: /diagnosis/i });
      await expectText(card.getByRole('listitem').first(), /Add credit/);
      await workbench.screenshot(`diagnosis-${name}`);
    });

    it('both stand in 420 px', async () => {
      await workbench.page.setViewportSize({ width: 420, height: 900 });
      await workbench.treeItem(/Where is my parcel 4711/).waitFor();
      await workbench.screenshot(`live-${name}-narrow`);
      await workbench.page.keyboard.press('Control+b');
      // 50 px are the activity bar
      await workbench.page.setViewportSize({ width: 470, height: 900 });
      const card = workbench.webview().getByRole('region', { name: /diagnosis/i });
      await expectText(card.getByRole('listitem').first(), /Add credit/);
      await workbench.screenshot(`diagnosis-${name}-narrow`);
    });
  });
}
