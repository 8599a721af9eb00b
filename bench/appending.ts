import { ensureChromium } from '../scripts/lib/chromium.mjs';
import { ensureVscodeHost } from '../scripts/lib/vscode-host.mjs';
import { attempt, percentileFigure } from './lib/attempt';
import type { Bar } from './lib/bar';
import { runProbe } from './lib/probe';
import type { AppendingResult } from './probes/appending';
import { appendToTree } from './workbench/appendToTree';

const toTree = {
  what: 'append to its row in the tree of a real window, p95',
  unit: 'ms',
  limit: { atMost: 100 },
} as const;

/** From a line in the log to those who look. */
export const appending: Bar = {
  number: 7,
  title: 'a line that is appended',
  bound:
    'The kernel tells of a write within a millisecond. Changes are told at most every 100 ms, the first at once; a row in the tree goes by way of two processes of VS Code and the next frame that is painted. Times in the tree depend on how busy the machine is: the window runs in a browser without a graphics card.',
  async measure({ isFull, bursts }) {
    const { result } = await runProbe<AppendingResult>(
      'appending',
      String(isFull ? 400 : 100),
      String(bursts),
    );
    const count = bursts.toLocaleString('en-US');
    const { unseen, written } = result;
    return {
      figures: [
        percentileFigure(
          {
            what: 'append to parsed and told to the other thread, p95',
            unit: 'ms',
            limit: { atMost: 5 },
          },
          0.95,
          result.times,
        ),
        percentileFigure(
          { what: `${count} bursts: until all lines are known, p95`, unit: 'ms' },
          0.95,
          result.burstTimes,
        ),
        {
          what: `${count} bursts: lines not seen within a second`,
          unit: '',
          measured: { median: unseen, min: unseen, max: unseen },
          limit: { atMost: 0 },
          remark: `of ${written.toLocaleString('en-US')}`,
        },
        ...(await attempt([toTree], async () => {
          await ensureVscodeHost();
          await ensureChromium();
          return [percentileFigure(toTree, 0.95, await appendToTree(isFull ? 60 : 20))];
        })),
      ],
    };
  },
};
