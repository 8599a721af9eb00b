// Runs inside the extension host of a real VS Code: see bench/hostTicks.ts.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { activate, rowsOf, type ShownRow, type Trees } from '../../test/host/support';

/** What is to be done, as JSON in the environment. */
export interface HostTask {
  /** One a round; all hold the same log. */
  readonly folders: readonly string[];
  readonly idleMs: number;
}

/** From one turn of the event loop to the next, ms, in the order of time. A timer of 1 ms is between them. */
export interface HostResult {
  readonly idle: readonly (readonly number[])[];
  readonly reading: readonly (readonly number[])[];
  readonly readingMs: readonly number[];
  /** Of all files of the folder, as their rows say, each time. */
  readonly records: readonly number[];
}

const settleMs = 3000; // what the window does after its start or after the folder is gone
const lookEveryMs = 250;
const maxReadingMs = 10 * 60_000;

/** Notes how long the loop is away each time, until it is told to stop. */
function startTicking(): () => readonly number[] {
  const gaps: number[] = [];
  let last = performance.now();
  let timer = setTimeout(function tick() {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    timer = setTimeout(tick, 1);
  }, 1);
  return () => {
    clearTimeout(timer);
    return gaps;
  };
}

async function sourceRow(trees: Trees, label: string): Promise<ShownRow | undefined> {
  return (await rowsOf(trees.sources)).find(row => row.label === label);
}

/** The row of the folder once it no longer says that it is being read. */
async function untilRead(trees: Trees, label: string): Promise<ShownRow> {
  const end = Date.now() + maxReadingMs;
  while (Date.now() < end) {
    const row = await sourceRow(trees, label);
    if (row !== undefined && !row.description.startsWith('reading')) {
      return row;
    }
    await sleep(lookEveryMs);
  }
  throw new Error('the folder is not read in time');
}

/** The sum of what the rows of the files say; those of a kind share one, which counts calls: here each record is one. */
async function recordsBelow(trees: Trees, source: ShownRow): Promise<number> {
  const files = await rowsOf(trees.sources, source.node);
  return files
    .map(({ description }) => /([\d.,\s]+) (?:records?|calls?)\b/.exec(description)?.[1] ?? '')
    .reduce((sum, count) => sum + Number(count.replaceAll(/\D/g, '')), 0);
}

async function measure({ folders, idleMs }: HostTask): Promise<HostResult> {
  const trees = await activate();
  await vscode.commands.executeCommand('workbench.view.extension.callsight');
  const idle: (readonly number[])[] = [];
  const reading: (readonly number[])[] = [];
  const readingMs: number[] = [];
  const records: number[] = [];
  for (const folder of folders) {
    await sleep(settleMs);
    const stopIdle = startTicking();
    await sleep(idleMs);
    idle.push(stopIdle());

    const start = performance.now();
    const stopReading = startTicking();
    await vscode.commands.executeCommand('callsight.openLogFolder', vscode.Uri.file(folder));
    const row = await untilRead(trees, path.basename(folder));
    reading.push(stopReading());
    readingMs.push(performance.now() - start);
    records.push(await recordsBelow(trees, row));
    await vscode.commands.executeCommand('callsight.removeSource', row.node);
  }
  return { idle, reading, readingMs, records };
}

export async function run(): Promise<void> {
  console.log('::start');
  try {
    // hostTicks.ts has written it
    const task = JSON.parse(process.env['CALLSIGHT_BENCH'] ?? '') as HostTask;
    const result = await measure(task);
    // a line of the console that is too long does not arrive
    const text = JSON.stringify(roundGaps(result));
    for (let start = 0; start < text.length; start += pieceLength) {
      console.log(`::piece ${text.slice(start, start + pieceLength)}`);
    }
    console.log('::end ok');
  } catch (error) {
    console.error(String(error));
    console.log('::end failed');
    throw error;
  }
}

const pieceLength = 20_000;

/** To a hundredth of a millisecond: there are many. */
function roundGaps(result: HostResult): HostResult {
  const short = (rounds: HostResult['idle']) =>
    rounds.map(gaps => gaps.map(gap => Math.round(gap * 100) / 100));
  return { ...result, idle: short(result.idle), reading: short(result.reading) };
}
