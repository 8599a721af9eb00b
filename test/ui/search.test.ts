import fs from 'node:fs';
import path from 'node:path';
import { callLine } from '../callLine';
import { expectEventually, expectText } from './driver/expect';
import { Workbench } from './driver/workbench';

const fillerCalls = 6000; // as many bodies as take a moment to be searched
const filler = 'All work and no play makes the log a dull read. '.repeat(400);

/** A folder of logs in which two calls of one trace, and one of another, say something. */
function writeLogs(folder: string): void {
  const at = (minute: number) => ({
    timestamp: `2026-11-20T10:${String(minute % 60).padStart(2, '0')}:00`,
  });
  const trace = (id: string) => ({ tags: { trace_id: id, span_id: id.slice(0, 8) } });
  const large = fs.openSync(path.join(folder, 'large.jsonl'), 'w');
  for (let call = 0; call < fillerCalls; call += 100) {
    const lines = Array.from({ length: 100 }, (_, index) =>
      callLine(`Filler ${call + index}. ${filler}`, at(call)),
    );
    fs.writeSync(large, lines.join(''));
  }
  fs.closeSync(large);
  const tagsOf = trace('aaaaaaaa11111111aaaaaaaa11111111');
  fs.writeFileSync(
    path.join(folder, 'small.jsonl'),
    [
      callLine('First I greet.', { ...at(1), ...tagsOf }),
      callLine(`And then, much later: ${filler} the Lighthouse of Alexandria.`, {
        ...at(2),
        ...tagsOf,
        tags: { ...tagsOf.tags, span_id: 'bbbbbbbb' },
      }),
      callLine('How tall was the lighthouse of alexandria?', at(3)),
    ].join(''),
  );
}

describe('a search in prompts and responses', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ size: { width: 1280, height: 900 } });
    writeLogs(workbench.folder);
    await workbench.showCallsight();
    await workbench.runCommand('Callsight: Find Logs in Workspace');
    await workbench
      .treeItem(/Filler/)
      .first()
      .waitFor();
    await expectText(workbench.statusBar, /6,003 calls/);
  });
  after(() => workbench.close());

  const messageSelector = '.tree-explorer-viewlet-tree-view .message';
  const message = () => workbench.page.locator(messageSelector).first();
  const box = () => workbench.page.locator('.quick-input-widget');

  async function type(text: string): Promise<void> {
    await workbench.runCommand('Callsight: Search in Prompts and Responses');
    await box().getByText('Search in Prompts and Responses').waitFor();
    await box().getByRole('textbox').fill(text);
  }

  async function search(text: string): Promise<void> {
    await type(text);
    await workbench.page.keyboard.press('Enter');
  }

  /** All that the message says from now on: what is there for a moment only, too. VS Code makes its element anew at times. */
  async function recordMessages(): Promise<() => Promise<readonly string[]>> {
    const said = await workbench.page.evaluateHandle(selector => {
      const texts: string[] = [];
      const note = (): void => {
        const text = document.querySelector(selector)?.textContent ?? '';
        if (text !== texts.at(-1)) {
          texts.push(text);
        }
      };
      new MutationObserver(note).observe(document.body, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      return texts;
    }, messageSelector);
    return () => said.jsonValue();
  }

  it('shows what it finds, and says how many calls that are', async () => {
    await type('lighthouse of alexandria');
    await expectText(box(), /2 of 6,003 calls/);
    await workbench.page.keyboard.press('Enter');
    await workbench.treeItem(/First I greet/).waitFor();
    await workbench.treeItem(/How tall was/).waitFor();
    await expectText(message(), /"lighthouse of alexandria" · 2 of 6,003 calls/);
  });

  it('marks the call and opens the trace at it', async () => {
    await workbench.treeItem(/First I greet/).click();
    const panel = workbench.webview();
    await panel.getByRole('row', { selected: true }).nth(0).waitFor();
    await expectText(panel.getByRole('tabpanel'), /And then, much later/);
    const frame = await workbench.webviewFrame();
    await frame.waitForFunction(() => {
      const [range] = CSS.highlights.get('callsight-found') ?? [];
      const place = range instanceof Range ? range.getBoundingClientRect() : undefined;
      return place && place.top > 0 && place.bottom < window.innerHeight;
    });
  });

  it('shows what comes while it is shown', async () => {
    fs.appendFileSync(
      path.join(workbench.folder, 'small.jsonl'),
      callLine('A word on the LIGHTHOUSE OF ALEXANDRIA'),
    );
    await workbench.treeItem(/A word on the/).waitFor();
    await expectText(message(), /3 of 6,004 calls/);
  });

  it('shows the first calls of a common word at once, and can be changed midway', async () => {
    const said = await recordMessages();
    await search('dull read');
    await workbench
      .treeItem(/Filler/)
      .first()
      .waitFor();
    await expectEventually(
      async () => (await said()).join('\n'),
      /"dull read" · searching… \d+ %, [1-9][\d,]* traces? so far/,
    );
    await search('how tall');
    await expectText(message(), /"how tall" · 1 of 6,004 calls/);
    await workbench.treeItem(/How tall was/).waitFor();
    await workbench
      .treeItem(/Filler/)
      .first()
      .waitFor({ state: 'detached' });
  });

  it('goes to a trace that is not among the latest, by what was said in it or by its id', async () => {
    const goTo = async (text: string): Promise<void> => {
      await workbench.runCommand('Callsight: Go to Trace');
      await box().getByText('Filler').first().waitFor();
      await box().getByRole('textbox').fill(text);
    };
    const heading = () => workbench.webview().getByRole('heading').first();
    await goTo('aaaaaaaa11111111aaaaaaaa11111111');
    await box()
      .getByRole('option', { name: /First I greet/ })
      .waitFor();
    await workbench.screenshot('go-to-trace-dark');
    await workbench.page.keyboard.press('Enter');
    await expectText(heading(), /First I greet/);
    await goTo('tall was the lighthouse');
    await box()
      .getByRole('option', { name: /How tall was/ })
      .waitFor();
    await workbench.page.keyboard.press('Enter');
    await expectText(heading(), /How tall was/);
    await goTo('nobody ever said this');
    await box()
      .getByRole('option', { name: /No trace holds this/ })
      .waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('finds nothing where nothing is, and says so', async () => {
    await search('nobody ever said this');
    await workbench.page.getByText('No call matches the filter.').waitFor();
  });
});
