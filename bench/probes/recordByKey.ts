// Opens random calls by their keys. Arguments: the folder, how many calls.
import { Random } from '../../test/fuzz/random';
import { startEngine } from '../lib/engineThread';

export interface RecordByKeyResult {
  /** Inside of the engine's thread, ms. */
  readonly times: readonly number[];
  /** From asking in one thread to the answer from the other, ms. */
  readonly roundTrips: readonly number[];
  /** Calls that came without their content, or another one than was asked for. */
  readonly wrong: number;
}

const pageRows = 1000;
const warmUps = 500;

const [folder = '', count = ''] = process.argv.slice(2);
const random = new Random('records by key');
const { client, times, end } = startEngine();
await client.addSource({ path: folder });
await client.whenIdle({});

const { total } = await client.listTraces({ start: 0, end: 0 });
const traceKeys: string[] = [];
for (let start = 0; start < total; start += pageRows) {
  const { items } = await client.listTraces({ start, end: start + pageRows });
  traceKeys.push(...items.map(trace => trace.key));
}
const keys: string[] = [];
while (keys.length < Number(count) + warmUps) {
  const trace = await client.getTrace({ traceKey: random.pick(traceKeys) });
  if (trace !== null) {
    keys.push(random.pick(trace.spans).key);
  }
}
for (const key of keys.slice(0, warmUps)) {
  await client.getSpan({ key });
}
await times();
const roundTrips: number[] = [];
let wrong = 0;
for (const key of keys.slice(warmUps)) {
  const start = performance.now();
  const detail = await client.getSpan({ key });
  roundTrips.push(performance.now() - start);
  wrong += detail?.span.key === key && detail.content !== undefined ? 0 : 1;
}
console.log(
  JSON.stringify({ times: await times(), roundTrips, wrong } satisfies RecordByKeyResult),
);
await end();
process.exit(0);
