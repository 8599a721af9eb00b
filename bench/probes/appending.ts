// Lines that are appended while the engine follows the folder. Arguments: single appends, bursts.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callLine } from '../../test/callLine';
import { Random } from '../../test/fuzz/random';
import { startEngine } from '../lib/engineThread';

export interface AppendingResult {
  /** From the end of the write to the news of the call in the other thread, ms. */
  readonly times: readonly number[];
  readonly written: number;
  /** Lines that were not known one second after their burst. */
  readonly unseen: number;
  /** From the end of a burst until all of its lines are known, ms. */
  readonly burstTimes: readonly number[];
}

const patienceMs = 1000; // less than a pass over the folder: what only a pass finds is late
const maxWaitMs = 5000; // who takes longer counts as that
const maxBurstLines = 20;

const [singles = '', bursts = ''] = process.argv.slice(2);
const random = new Random('appending');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-bench-'));
process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'calls.jsonl');
fs.writeFileSync(file, callLine('the first'));

let awaited: { readonly id: string; readonly seen: () => void } | undefined;
const { client, end } = startEngine(event => {
  const keys = event.type === 'change' ? event.change.spanKeys : undefined;
  if (awaited !== undefined && keys?.some(key => key.includes(String(awaited?.id))) === true) {
    awaited.seen();
  }
});
await client.addSource({ path: folder });
await client.whenIdle({});

async function appendOne(index: number): Promise<number> {
  // changes are told at most every 100 ms: this is how long the first one takes
  await sleep(150 + random.below(150));
  const id = `appended-${index}`;
  const line = callLine('one more', { request_id: id });
  let written = 0;
  const seen = new Promise<number>(resolve => {
    awaited = { id, seen: () => resolve(performance.now() - written) };
  });
  fs.appendFileSync(file, line);
  written = performance.now();
  return Promise.race([seen, sleep(maxWaitMs).then(() => maxWaitMs)]);
}

async function countRecords(): Promise<number> {
  const sources = await client.listSources({});
  return sources.reduce((sum, source) => sum + source.records, 0);
}

/** Writes lines as a busy logger does: some at once, some cut in two. Gives how many. */
function writeBurst(): number {
  const count = 1 + random.below(maxBurstLines);
  for (let index = 0; index < count; index++) {
    const line = callLine(`burst ${index}`);
    const cut = random.below(3) === 0 ? random.below(line.length) : 0;
    fs.appendFileSync(file, line.slice(0, cut));
    fs.appendFileSync(file, line.slice(cut));
  }
  return count;
}

const times: number[] = [];
for (let index = 0; index < Number(singles); index++) {
  times.push(await appendOne(index));
}
const burstTimes: number[] = [];
let known = await countRecords();
let written = 0;
let unseen = 0;
for (let index = 0; index < Number(bursts); index++) {
  const count = writeBurst();
  written += count;
  const wanted = known + count;
  const start = performance.now();
  do {
    await sleep(1);
    known = await countRecords();
  } while (known < wanted && performance.now() - start < patienceMs);
  unseen += wanted - known;
  burstTimes.push(performance.now() - start);
  while (known < wanted) {
    // late lines must not count as those of the next burst
    await sleep(50);
    known = await countRecords();
  }
  await sleep(random.below(20));
}
console.log(JSON.stringify({ times, written, unseen, burstTimes } satisfies AppendingResult));
await end();
process.exit(0);
