// What the engine holds once it has read a folder. Argument: the folder.
import { type EngineMemory, startEngine } from '../lib/engineThread';

export interface MemoryResult {
  /** Ready to read, prices loaded. */
  readonly before: EngineMemory;
  /** All is read. */
  readonly after: EngineMemory;
  /** All findings are known besides, as where somebody shows them, and what a filter lets through. */
  readonly withFindings: EngineMemory;
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
await engine.client.listFindingGroups({});
await engine.client.settleFindings({});
await engine.client.countMatches({ filter: 'status:error' });
const withFindings = await engine.memory();
console.log(JSON.stringify({ before, after, withFindings, stats } satisfies MemoryResult));
await engine.end();
process.exit(0);
