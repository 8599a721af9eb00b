import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleTests } from '../scripts/lib/bundle-tests.mjs';
import { ensureChromium } from '../scripts/lib/chromium.mjs';
import { runHostSuite } from '../scripts/lib/host-suite.mjs';
import { Refusal, root } from '../scripts/lib/process.mjs';
import { ensureVscodeHost } from '../scripts/lib/vscode-host.mjs';
import { benchFolder, contentLog, filesOf, type Generated } from './data/store';
import type { HostResult, HostTask } from './host/index';
import { attempt } from './lib/attempt';
import type { Bar } from './lib/bar';
import type { Figure } from './lib/figure';
import { percentileOf, ratiosOf, spreadOf } from './lib/spread';

const piece = '::piece ';
const timeoutMs = 60 * 60_000;
const rounds = 3; // each has an idle half and one that reads

/** The measurement of bench/host, inside the extension host of a real VS Code with an empty folder open. */
async function runInHost(task: HostTask): Promise<HostResult> {
  await ensureVscodeHost();
  await ensureChromium();
  await bundleTests('bench-host', ['bench/host/index.ts']);
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-bench-'));
  process.once('exit', () => fs.rmSync(workspace, { recursive: true, force: true }));
  let text = '';
  let complaint = '';
  const isWell = await runHostSuite({
    extensionTestsPath: path.join(root, 'out/bench-host/index.js'),
    workspace,
    env: { CALLSIGHT_BENCH: JSON.stringify(task) },
    timeoutMs,
    // whatever else the host has to say comes this way too
    print: (type, ...printed) => {
      const line = printed.map(String).join(' ');
      text += line.startsWith(piece) ? line.slice(piece.length) : '';
      complaint = type === 'error' ? line : complaint;
    },
  });
  if (!isWell) {
    throw new Refusal(`the measurement in the extension host failed: ${complaint}`);
  }
  // bench/host has written it
  return JSON.parse(text) as HostResult;
}

/** The same files under another path, so that nothing remembered of one helps with the next. */
function linkedCopy(log: Generated): string {
  const folder = fs.mkdtempSync(path.join(benchFolder, 'linked-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  for (const file of filesOf(log)) {
    fs.linkSync(file, path.join(folder, path.basename(file)));
  }
  return folder;
}

/** How long the extension host, which all extensions share, cannot answer while a folder is read. */
export const hostTicks: Bar = {
  number: 5,
  title: 'the extension host while a folder is read',
  bound:
    'Logs are read in a thread of their own, so what is left to the host is to hand on changes and to list rows. A machine that has fewer free cores than busy threads makes the idle host wait too: the control beside it says how much. Of a gap of more than 4 ms nearly all is waiting for a core: beside the thread that reads (2.4 s of CPU time) four of V8, which compile and collect for it, take 1 s. The rest are rows that are drawn (3 to 8 ms of CPU, some three times a second) and processes that VS Code starts to look for open ports.',
  tried:
    'views that are drawn at most once in 200 ms and whose rows are told anew only when they differ; statistics and findings in slices of a few milliseconds. No difference made: all views but the progress brought up to date every two seconds instead of every second (the thread of the host has 0.2 s of CPU time in all, and waits for a core several times as long), a young generation of 1, 3 or 8 MB for the thread that reads (fewer threads collect it), a thread that reads at a lower priority, or that sleeps for a moment every 2 ms (and is a quarter slower then). Tried and not kept: the engine as a process of its own, all of whose threads have a lower priority (5 of 19). p99 was 4.8 to 5.2 instead of 6 to 7 ms in paired runs, the largest gap as before; but what is asked meanwhile waits behind everybody, too: a clicked call was painted after 32 instead of 27 ms (p99, bar 6), a record opened in 1.07 instead of 0.76 ms, and it takes the memory of one more runtime.',
  async measure({ contentMegabytes, isFull }) {
    const log = contentLog(contentMegabytes);
    const folders = Array.from({ length: rounds }, () => linkedCopy(log));
    const task: HostTask = { folders, idleMs: isFull ? 20_000 : 6000 };
    const name = `event loop of the host while ${contentMegabytes} MB are read`;
    const p99 = { what: `${name}: gap, p99`, unit: 'ms', limit: { atMost: 5 } } as const;
    const largest = { what: `${name}: largest gap`, unit: 'ms', limit: { atMost: 16 } } as const;
    let failures: readonly string[] = [];
    const figures = await attempt([p99, largest], async () => {
      const { idle, reading, readingMs, records } = await runInHost(task);
      failures = records
        .filter(count => count !== log.totals.records)
        .map(count => `in the host: ${count} records instead of ${log.totals.records}`);
      const each = (rounds: HostResult['idle'], share: number) =>
        rounds.map(gaps => percentileOf(gaps, share));
      const beside = (share: number) =>
        `idle, in the same run: ${spreadOf(each(idle, share)).median.toFixed(1)} ms`;
      return [
        { ...p99, measured: spreadOf(each(reading, 0.99)), remark: beside(0.99) },
        { ...largest, measured: spreadOf(each(reading, 1)), remark: beside(1) },
        {
          what: `${name}: p99 as against the idle host`,
          unit: '×',
          measured: ratiosOf(each(reading, 0.99), each(idle, 0.99)),
        },
        {
          what: `${name}: until the row of the folder says so`,
          unit: 'ms',
          measured: spreadOf(readingMs),
        },
      ] satisfies Figure[];
    });
    return { figures, failures };
  },
};
