import { ensureChromium } from '../scripts/lib/chromium.mjs';
import { ensureVscodeHost } from '../scripts/lib/vscode-host.mjs';
import { contentLog } from './data/store';
import { attempt, percentileFigure } from './lib/attempt';
import type { Bar } from './lib/bar';
import { runProbe } from './lib/probe';
import type { RecordByKeyResult } from './probes/recordByKey';
import { openInPanel } from './workbench/openInPanel';

const records = 5000;
const painted = {
  what: 'a call clicked in the panel of a real window, from the release of the button until it is painted, p99',
  unit: 'ms',
  limit: { atMost: 30 },
} as const;
const paintedAtOnce = {
  what: 'the same chosen with no button pressed before, as by a key: p99',
  unit: 'ms',
} as const;

/** From the key of a call to all that is known of it, read from the disk. */
export const openRecord: Bar = {
  number: 6,
  title: 'opening a record by its key',
  bound:
    'Its bytes are read and parsed (up to 42 kB), and what leads up to it in its trace is compared. A click is asked for when the button goes down (it stays down for 80 ms here), so that the answer is there when it is released. On the way to the screen are two processes of VS Code, the layout of the text, and the next frame, which may be 16.7 ms away by itself. Those that take longest are failed calls with an error that was not diagnosed lately: that takes 0.3 ms, by code that seldom runs. The others among the slowest had to wait for a core; the same call takes a tenth more or less in another run of the program.',
  tried:
    'looking for brackets natively before a record is parsed (a thirtieth of the time for looking through 10 kB), work in the background that gives way while questions come (p99 0.84 ×: what it leaves in the caches of the processor made every question slower), the diagnoses kept of the last errors (both: 0.72 ×). Little difference made, and not kept: error patterns looked up by the letters of a text instead of tried in turn (a sixth of a diagnosis, and a twelfth more for the first label), files that stay open while a question is answered (a fortieth of the median). No difference made: signs of an error kept from its label for its diagnosis, a span put together once for itself and its price, UTF-8 read in two native steps, bytes that are not zeroed before they are read.',
  async measure({ contentMegabytes, isFull }) {
    const log = contentLog(contentMegabytes);
    const { result } = await runProbe<RecordByKeyResult>(
      'recordByKey',
      log.folder,
      String(records),
    );
    const name = `${records.toLocaleString('en-US')} random calls of ${contentMegabytes} MB`;
    return {
      figures: [
        percentileFigure(
          { what: `${name}, in the engine's thread: p99`, unit: 'ms', limit: { atMost: 1 } },
          0.99,
          result.times,
        ),
        percentileFigure(
          { what: `${name}, asked from another thread: p99`, unit: 'ms' },
          0.99,
          result.roundTrips,
        ),
        ...(await attempt([painted, paintedAtOnce], async () => {
          await ensureVscodeHost();
          await ensureChromium();
          const opens = isFull ? 200 : 60;
          return [
            percentileFigure(painted, 0.99, await openInPanel(opens, 'mouse')),
            percentileFigure(paintedAtOnce, 0.99, await openInPanel(opens, 'script')),
          ];
        })),
      ],
      failures: result.wrong > 0 ? [`${result.wrong} calls came without their content`] : [],
    };
  },
};
