import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Workbench } from './driver/workbench';

/** What a model, a web page or an attacker may have put into a log. Each sets a flag, loads something, or spoofs, if it is ever more than text. */
const payloads = [
  '<script>window.__pwned = 1</script>',
  '</script><script>window.__pwned = 1</script>',
  '<img src=x onerror="window.__pwned = 1">',
  '<svg/onload="window.__pwned = 1">',
  '"><iframe srcdoc="<script>parent.__pwned = 1</script>">',
  '<a href="javascript:window.__pwned = 1">press</a> [press](javascript:alert(1)) ![e](https://evil.invalid/leak.png)',
  '[terminal](command:workbench.action.terminal.new) vscode://evil.ext/x file:///etc/passwd',
  '<style>*{background:url(https://evil.invalid/css)}</style><base href="https://evil.invalid/">',
  '<form action="https://evil.invalid"><input name=k><button>ok</form>',
  '\u001b]0;owned\u0007\u001b[2J\u001b]8;;command:foo\u001b\\link\u001b]8;;\u001b\\',
  '${7*7} {{7*7}} <%= 7*7 %> $(trash) $(alert)',
  '\u202egnp.exe\u202c \u2066abc\u2069',
  '<noscript><p title="</noscript><img src=x onerror=window.__pwned=1>">',
  '<details open ontoggle="window.__pwned = 1">',
];

function hostileLine(payload: string, index: number): string {
  return `${JSON.stringify({
    request_id: payload,
    timestamp: new Date(Date.UTC(2026, 9, 1, 10, index)).toISOString(),
    model: payload,
    provider: payload,
    operation: payload,
    messages: [
      { role: 'system', content: payload },
      { role: payload, content: payload },
      { role: 'user', content: `number ${index}: ${payload}` },
    ],
    response: payload,
    function_calls: [{ name: payload, arguments: JSON.stringify({ [payload]: payload }) }],
    prompt_tokens: 1,
    completion_tokens: 1,
    finish_reason: payload,
    latency_ms: 10,
    user_id: payload,
    tags: { trace_id: `${index} ${payload}`, span_id: payload, [payload]: payload },
    ...(index % 2 === 0 ? { error: payload, error_type: payload } : {}),
  })}\n`;
}

describe('a hostile log', () => {
  let workbench: Workbench;
  const foreign: string[] = [];
  before(async () => {
    workbench = await Workbench.open({ size: { width: 1280, height: 900 } });
    workbench.page.on('request', request => {
      if (/evil\.invalid/.test(request.url())) {
        foreign.push(request.url());
      }
    });
    fs.writeFileSync(
      path.join(workbench.folder, 'hostile.jsonl'),
      payloads.map((payload, index) => hostileLine(payload, index)).join(''),
    );
    await workbench.runCommand('Callsight: Find Logs in Workspace');
    await workbench.showCallsight();
    await workbench.treeItem(/^number 0:/).waitFor();
  });
  after(() => workbench.close());

  it('is text in the tree, the panel and the raw record, whatever it says', async () => {
    for (const index of payloads.keys()) {
      await workbench.treeItem(new RegExp(`^number ${index}:`)).click();
      const panel = workbench.webview();
      await panel.getByRole('heading', { name: new RegExp(`^number ${index}:`) }).waitFor();
      await panel.getByRole('tab', { name: 'Record' }).click();
      await panel.getByRole('tabpanel').getByText('request_id').first().waitFor();
      await panel.getByRole('tab', { name: 'Conversation' }).click();
      await panel.getByRole('article').first().waitFor();
    }
    for (const frame of workbench.page.frames()) {
      assert.equal(await frame.evaluate(() => '__pwned' in window), false);
    }
    await workbench.screenshot('hostile-dark');
  });

  it('loads nothing and breaks no content security policy', () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(workbench.policyViolations, []);
  });

  it('adds no element that the panel does not draw itself', async () => {
    const panel = workbench.webview();
    for (const element of ['iframe', 'form', 'base', 'noscript', 'a[href^="javascript:"]', 'img']) {
      assert.equal(await panel.locator(element).count(), 0, element);
    }
  });
});
