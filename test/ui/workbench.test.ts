import assert from 'node:assert/strict';
import { Workbench } from './driver/workbench';

describe('the window', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ workspace: 'test/workspaces/demo' });
  });
  after(() => workbench.close());

  it('has Callsight in its activity bar', async () => {
    await workbench.showCallsight();
    assert.equal(await workbench.activityTab('Callsight').isVisible(), true);
  });
});
