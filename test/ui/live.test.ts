import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { callLine } from '../callLine';
import { expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

describe('a folder that is written to', () => {
  let workbench: Workbench;
  const append = (name: string, text: string): void =>
    fs.appendFileSync(path.join(workbench.folder, name), text);

  before(async () => {
    workbench = await Workbench.open({
      workspace: 'test/fixtures/seed-app',
      size: { width: 1280, height: 900 },
    });
    await workbench.showCallsight();
    await workbench.treeItem(/3 calls to claude-sonnet-4-5/).waitFor();
  });
  after(() => workbench.close());

  it('shows a call that is appended, without any click', async () => {
    append('llm.jsonl', callLine('Where is my parcel 4711?'));
    await workbench.treeItem(/Where is my parcel 4711/).waitFor();
  });

  it('shows a call of a file that did not exist before', async () => {
    append('worker-2.jsonl', callLine('配送状況を教えてください'));
    await workbench.treeItem(/配送状況を教えてください/).waitFor();
  });

  it('shows a line only when it is whole', async () => {
    const line = callLine('Is half a line a line?');
    append('llm.jsonl', line.slice(0, 60));
    append('worker-2.jsonl', callLine('The next file goes on'));
    await workbench.treeItem(/The next file goes on/).waitFor();
    await expectText(workbench.treeItem(/^llm\.jsonl/), /^(?!.*skipped)/s);
    append('llm.jsonl', line.slice(60));
    await workbench.treeItem(/Is half a line a line/).waitFor();
  });

  it('says what it could not read, and goes on', async () => {
    append('llm.jsonl', '{"request_id": "cut \n');
    append('llm.jsonl', callLine('After the broken line'));
    await workbench.treeItem(/After the broken line/).waitFor();
    const file = workbench.treeItem(/^llm\.jsonl/);
    await expectText(file, /1 skipped/);
    await file.click();
    await workbench.page.keyboard.press('ArrowRight');
    await expectText(workbench.treeItem(/^line 212/), /not JSON/);
  });

  it('counts a failed call on the badge and follows the panel that is open', async () => {
    const trace = { trace_id: randomUUID(), span_id: '11111111' };
    append('llm.jsonl', callLine('First of two', { tags: trace }));
    await workbench.treeItem(/First of two/).click();
    const panel = workbench.webview();
    await panel.getByRole('heading', { name: /First of two/ }).waitFor();
    append(
      'llm.jsonl',
      callLine('second', {
        tags: { ...trace, span_id: '22222222' },
        error: 'Request timed out.',
        error_type: 'APITimeoutError',
        prompt_tokens: 0,
        completion_tokens: 0,
      }),
    );
    await expectText(panel.locator('dl').first(), /Calls\s*2/);
    await expectText(workbench.treeItem(/First of two/), /timed out|timeout/i);
  });
});
