import { Worker } from 'node:worker_threads';
import type * as vscode from 'vscode';
import type { EngineEvent, engineContract } from '../protocol/engineContract';
import { type Client, connect, type Port } from '../protocol/rpc';
import { propertyOf } from './guards';

/** A worker thread that runs the engine, and the line to it. */
export interface EngineThread {
  readonly client: Client<typeof engineContract>;
  /** Rejects what has no answer yet. */
  readonly disconnect: (reason: string) => void;
  readonly end: () => Promise<number>;
  /** Questions that have no answer yet. */
  readonly waiting: () => number;
}

export interface KeptPlace {
  /** Absolute path. */
  readonly folder: string;
  /** Of the extension: what another one kept is not used. */
  readonly version: string;
  /** Nothing is to be kept, and what was is to be deleted. */
  readonly isOff?: boolean | undefined;
}

export interface EngineThreadOptions {
  readonly workerFile: string;
  /** Look at the files at intervals only. */
  readonly poll: boolean;
  /** Where the engine keeps what it knows for the next start. */
  readonly kept: KeptPlace | undefined;
  readonly log: vscode.LogOutputChannel;
  readonly onEvent: (event: EngineEvent) => void;
  readonly onExit: (code: number) => void;
}

/** Starts the engine in a thread of its own. What it prints goes to the log. */
export function startThread({
  workerFile,
  poll,
  kept,
  log,
  onEvent,
  onExit,
}: EngineThreadOptions): EngineThread {
  const startTime = Date.now();
  const worker = new Worker(workerFile, {
    name: 'callsight-engine',
    workerData: { poll, kept },
    stdout: true,
    stderr: true,
  });
  worker.stdout.on('data', (chunk: Buffer) => log.debug(`engine: ${chunk.toString().trimEnd()}`));
  worker.stderr.on('data', (chunk: Buffer) => log.warn(`engine: ${chunk.toString().trimEnd()}`));
  worker.once('online', () => log.debug(`engine online after ${Date.now() - startTime} ms`));
  worker.on('error', error => log.error(`engine: ${textOf(error)}`));
  worker.once('exit', onExit);
  const port = workerPort(worker);
  const { client, dispose } = connect<typeof engineContract, EngineEvent>(port, onEvent);
  return { client, disconnect: dispose, end: () => worker.terminate(), waiting: port.waiting };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function workerPort(worker: Worker): Port & { readonly waiting: () => number } {
  let waiting = 0;
  return {
    waiting: () => waiting,
    postMessage: message => {
      worker.postMessage(message);
      waiting++;
    },
    onMessage: listener => {
      const onMessage = (message: unknown): void => {
        waiting -= propertyOf(message, 'kind') === 'reply' ? 1 : 0;
        listener(message);
      };
      worker.on('message', onMessage);
      return () => worker.off('message', onMessage);
    },
  };
}
