// What the engine holds once it has read a folder. Argument: the folder.
import { type EngineMemory, startEngine } from '../lib/engineThread';

export interface MemoryResult {
  /** Ready to read, prices loaded. */
  readonly before: EngineMemory;
  /** All is read. */
  readonly after: EngineMemory;
  readonly stats: unknown;
}

const [folder = ''] = process.argv.slice(2);
const engine = startEngine();
await engine.client.getStats({});
const before = await engine.memory();
await engine.client.addSource({ path: folder });
await engine.client.whenIdle({});
const after = await engine.memory();
const stats = await engine.client.getStats({});
console.log(JSON.stringify({ before, after, stats } satisfies MemoryResult));
await engine.end();
process.exit(0);
