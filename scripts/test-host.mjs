// npm run test:host [-- TEXT]: test/host inside the extension host of a real VS Code; TEXT picks tests by name.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from './lib/browser.mjs';
import { bundleTests } from './lib/bundle-tests.mjs';
import { Refusal, root, script } from './lib/process.mjs';
import { fromSource, startServer } from './lib/server.mjs';
import { ensureVscodeHost } from './lib/vscode-host.mjs';

const timeoutMs = 5 * 60_000;

/**
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @returns {Promise<boolean>} whether the suite ran to its end and all is well
 */
async function runInPage(page, url) {
  let verdict = '';
  let isReporting = false;
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    page.once('crash', () => reject(new Error('the page of the workbench crashed')));
    setTimeout(() => reject(new Refusal('the host suite took too long')), timeoutMs).unref();
    // The workbench calls these two by name: when run() of test/host/index.ts settles, and for its console.
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.exposeFunction('codeAutomationLog', (type = '', printed = ['']) => {
    const [first] = printed;
    if (first === '::start') {
      isReporting = true;
    } else if (String(first).startsWith('::end ')) {
      verdict = String(first);
      isReporting = false;
    } else if (isReporting) {
      (type === 'error' ? console.error : console.log)(...printed);
    }
  });
  await page.goto(url);
  const code = await ended;
  // VS Code reports 0 when the extension host dies. Only the suite's own last word counts.
  if (code === 0 && verdict !== '::end ok') {
    console.error('the extension host went away before the suite had ended');
    return false;
  }
  return code === 0;
}

await script(async () => {
  await ensureVscodeHost();
  await bundleTests('host', ['test/host/index.ts', 'test/host/**/*.test.ts']);
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-host-'));
  fs.cpSync(path.join(root, 'test/workspaces/demo'), workspace, { recursive: true });
  process.once('exit', () => fs.rmSync(workspace, { recursive: true, force: true }));
  // The server's environment is the extension host's.
  const server = await startServer({ env: { MOCHA_GREP: process.argv[2] ?? '' } });
  const browser = await launchBrowser();
  let ok = false;
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const extensionTestsPath = path.join(root, 'out/host/index.js');
    ok = await runInPage(page, server.url(workspace, { ...fromSource, extensionTestsPath }));
  } finally {
    await browser.close();
    await server.stop();
  }
  process.exit(ok ? 0 : 1);
});
