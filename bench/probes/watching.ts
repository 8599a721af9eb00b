// What it costs to follow many files. Arguments: the folder, how many folders are in it, seconds to be idle.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callLine } from '../../test/callLine';
import { type EngineMemory, startEngine } from '../lib/engineThread';

export interface WatchingResult {
  /** From adding the folder until it is listed and the kernel watches its folders, ms. */
  readonly readyMs: number;
  /** Until all files are read, ms. */
  readonly readMs: number;
  /** undefined where the system does not tell. */
  readonly kernelWatches: number | undefined;
  readonly before: EngineMemory;
  readonly after: EngineMemory;
  /** From the end of reading until the runtime has collected what reading left, CPU time of all threads, ms. */
  readonly collectingMs: number;
  /** Per cent of one core, all threads. */
  readonly idleCpu: number;
  /** The same of the same process before it watched anything. */
  readonly idleCpuBefore: number;
  readonly records: number;
}

const patienceMs = 10_000;
const afterReadingMs = 10_000; // what reading itself has set going is over
const restMs = 12_000; // so long without a collection, and there is none to come
const lookMs = 3000;
const collectingPatienceMs = 180_000;
const settleMs = 25_000; // after a forced collection V8 looks two or three times whether it can give memory back

/** What inotify watches for this process. */
function countKernelWatches(): number | undefined {
  const folder = '/proc/self/fdinfo';
  if (!fs.existsSync(folder)) {
    return undefined;
  }
  const texts = fs.readdirSync(folder).map(name => {
    try {
      return fs.readFileSync(`${folder}/${name}`, 'utf8');
    } catch {
      return ''; // the descriptor by which the folder itself was listed
    }
  });
  return texts.join('\n').match(/^inotify wd:/gm)?.length ?? 0;
}

/** What an idle process takes, per cent of one core. */
async function idleCpuIn(seconds: number): Promise<number> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await sleep(seconds * 1000);
  const { user, system } = process.cpuUsage(cpu);
  return ((user + system) / 1000 / (performance.now() - start)) * 100;
}

/** What is held when nothing more is given back. */
async function settled(): Promise<EngineMemory> {
  await memory();
  await sleep(settleMs);
  return memory();
}

const [folder = '', folders = '', idleSeconds = ''] = process.argv.slice(2);
const { client, memory, collections, stopCounting, end } = startEngine();
await client.getStats({});
// what the first record ever read takes, no number of files takes again
const warmUp = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-bench-'));
process.once('exit', () => fs.rmSync(warmUp, { recursive: true, force: true }));
fs.writeFileSync(path.join(warmUp, 'calls.jsonl'), callLine('the first'));
await client.addSource({ path: warmUp });
await client.whenIdle({});
await client.removeSource({ path: warmUp });
const before = await settled();
const idleCpuBefore = await idleCpuIn(Number(idleSeconds));
const start = performance.now();
await client.addSource({ path: folder });
while (
  (countKernelWatches() ?? Number.POSITIVE_INFINITY) < Number(folders) &&
  performance.now() - start < patienceMs
) {
  await sleep(1);
}
const readyMs = performance.now() - start;
await client.whenIdle({});
const readMs = performance.now() - start;
const kernelWatches = countKernelWatches();
// V8 collects what is left of reading by itself, some ten seconds to two minutes later: that is no idleness
const readingCpu = process.cpuUsage();
await sleep(afterReadingMs);
const readCollections = await collections();
const waitStart = performance.now();
let known = readCollections;
let knownSince = waitStart;
const isOver = () => known > readCollections && performance.now() - knownSince > restMs;
while (!isOver() && performance.now() - waitStart < collectingPatienceMs) {
  await sleep(lookMs);
  const now = await collections();
  knownSince = now === known ? knownSince : performance.now();
  known = now;
}
const collecting = process.cpuUsage(readingCpu);
const collectingMs = (collecting.user + collecting.system) / 1000;
await stopCounting();
const idleCpu = await idleCpuIn(Number(idleSeconds));
// after the idle time: what follows a forced collection is no idleness
const after = await settled();
const records = (await client.listSources({})).reduce((sum, source) => sum + source.records, 0);
console.log(
  JSON.stringify({
    readyMs,
    readMs,
    kernelWatches,
    before,
    after,
    collectingMs,
    idleCpu,
    idleCpuBefore,
    records,
  } satisfies WatchingResult),
);
await end();
process.exit(0);
