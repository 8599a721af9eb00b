import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EngineEvent, engineContract } from '../../src/protocol/engineContract';
import { type Client, connect } from '../../src/protocol/rpc';
import { root } from '../../scripts/lib/process.mjs';
import { engineFile } from './callsight';

/** After garbage was collected; bytes. `external` is what typed arrays and WebAssembly hold, `rss` the whole process's. */
export interface EngineMemory {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
}

/** The engine in a worker, as in the extension host. Its process must run with `--expose-gc` when memory is asked for. */
export interface EngineThread {
  readonly client: Client<typeof engineContract>;
  readonly memory: () => Promise<EngineMemory>;
  /** How often all of its garbage was collected. */
  readonly collections: () => Promise<number>;
  /** From now on it does not count them, which wakes it after each. */
  readonly stopCounting: () => Promise<unknown>;
  /** How long the requests since the last time of asking took inside of the thread, ms. */
  readonly times: () => Promise<readonly number[]>;
  readonly end: () => Promise<unknown>;
}

/** `storage`: the folder in which it keeps what it knows; nowhere when absent. */
export function startEngine(
  onEvent: (event: EngineEvent) => void = () => {},
  storage?: string,
): EngineThread {
  const kept = storage === undefined ? undefined : { folder: storage, version: 'bench' };
  const worker = new Worker(engineFile, {
    workerData: { kept },
    execArgv: ['--require', path.join(root, 'bench/probes/insideEngine.cjs')],
  });
  const { client } = connect<typeof engineContract, EngineEvent>(
    {
      postMessage: message => worker.postMessage(message),
      onMessage: listener => {
        worker.on('message', listener);
        return () => worker.off('message', listener);
      },
    },
    onEvent,
  );
  /** Asks insideEngine.cjs, whose answers have the kind of the question. */
  const ask = <Answer>(kind: string) =>
    new Promise<Answer>(resolve => {
      const listen = (message: Answer & { readonly kind: string }) => {
        if (message.kind === kind) {
          worker.off('message', listen);
          resolve(message);
        }
      };
      worker.on('message', listen);
      worker.postMessage({ kind });
    });
  return {
    client,
    memory: async () => (await ask<{ memory: EngineMemory }>('bench:memory')).memory,
    collections: async () => (await ask<{ collections: number }>('bench:collections')).collections,
    stopCounting: () => ask('bench:stopCounting'),
    times: async () => (await ask<{ times: readonly number[] }>('bench:times')).times,
    end: () => worker.terminate(),
  };
}
