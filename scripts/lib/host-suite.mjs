import { launchBrowser } from './browser.mjs';
import { Refusal } from './process.mjs';
import { fromSource, startServer } from './server.mjs';

/**
 * A module with a function `run`, and where it runs. It prints `::start`, what it has to say, and `::end ok` or
 * `::end failed`.
 * @typedef {object} HostSuite
 * @property {string} extensionTestsPath of the module, absolute
 * @property {string} workspace the folder that is open
 * @property {NodeJS.ProcessEnv} env of the server, and so of the extension host
 * @property {number} timeoutMs
 * @property {(type: string, ...printed: readonly unknown[]) => void} print gets what it has to say; type: `log`, `error`
 */

/**
 * Runs a suite inside the extension host of a real VS Code.
 * @param {HostSuite} suite
 * @returns {Promise<boolean>} whether it ran to its end and all is well
 */
export async function runHostSuite({ extensionTestsPath, workspace, env, ...page }) {
  const server = await startServer({ env });
  const browser = await launchBrowser();
  try {
    const window = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    return await runInPage(window, {
      ...page,
      url: server.url(workspace, { ...fromSource, extensionTestsPath }),
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {{ readonly url: string } & Pick<HostSuite, 'timeoutMs' | 'print'>} suite
 */
async function runInPage(page, { url, timeoutMs, print }) {
  let verdict = '';
  let isReporting = false;
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    page.once('crash', () => reject(new Error('the page of the workbench crashed')));
    setTimeout(() => reject(new Refusal('the host suite took too long')), timeoutMs).unref();
    // The workbench calls these two by name: when run() of the suite settles, and for its console.
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
      print(type, ...printed);
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
