import fs from 'node:fs';
import path from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { engineContract, type EngineEvent } from '../protocol/engineContract';
import { serve } from '../protocol/rpc';

const workerDataSchema = z.object({
  poll: z.optional(z.boolean()),
  kept: z.optional(
    z.object({ folder: z.string(), version: z.string(), isOff: z.optional(z.boolean()) }),
  ),
});

/** Of this bundle, epoch ms. */
function builtTime(): number {
  return fs.statSync(__filename).mtimeMs;
}

async function start(port: MessagePort): Promise<void> {
  const { createEngine, loadParts } = await import('./reading');
  loadParts();
  const given = workerDataSchema.safeParse(workerData).data ?? {};
  const engine = createEngine({
    newestFirst: true,
    ...given,
    // while one develops, a version is built many times
    kept: given.kept && { ...given.kept, version: `${given.kept.version} ${builtTime()}` },
    searchThread: path.join(__dirname, 'search.js'),
  });
  const { emit } = serve<typeof engineContract, EngineEvent>(
    {
      postMessage: message => port.postMessage(message),
      onMessage: listener => {
        const take = (message: unknown) => {
          engine.noteQuestion();
          listener(message);
        };
        port.on('message', take);
        return () => port.off('message', take);
      },
    },
    engineContract,
    engine.handlers,
  );
  engine.onEvent(emit);
  // One broken file must not take the others with it: what was not foreseen is told, and the thread goes on.
  const report = (problem: unknown) => {
    const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    emit({ type: 'log', level: 'error', text });
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}

if (parentPort) {
  void start(parentPort);
}
