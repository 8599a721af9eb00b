import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine } from '../../../../src/engine/createEngine';
import { formats } from '../../../../src/formats/index';
import { rules as allRules } from '../../../../src/rules/index';
import type { Rule } from '../../../../src/rules/rule';
import type { KeptIndex } from '../../../../src/engine/keep/indexKeeper';
import type { Engine } from '../../../../src/engine/engine';

const quickBounds = { quietMs: 1, betweenMs: 0, worthBytes: 1, addingMs: 50 };
const patienceMs = 10_000;
/** For so long after a file was written, its times say little. */
const racyMs = 50;

export interface KeptOptions {
  readonly version?: string | undefined;
  readonly rules?: readonly Rule[] | undefined;
  readonly isOff?: boolean | undefined;
  readonly bounds?: KeptIndex['bounds'];
  readonly leastDeadBytes?: number;
  readonly onLog?: ((text: string) => void) | undefined;
}

/** An engine that has read a folder, or taken up what was kept of it. `store`: where it is kept; undefined: nowhere. */
export async function openKept(
  folder: string,
  store: string | undefined,
  { version = '1', rules = allRules, isOff, bounds, onLog, ...parts }: KeptOptions = {},
): Promise<Engine> {
  const kept =
    store === undefined
      ? undefined
      : { folder: store, version, isOff, bounds: { ...quickBounds, ...bounds } };
  const engine = createEngine({ kept }, { formats, rules, ...parts });
  engine.onEvent(event => event.type === 'log' && onLog?.(event.text));
  await engine.handlers.addSource({ path: folder });
  await engine.handlers.whenIdle({});
  return engine;
}

/** All that an engine knows, in an order that does not depend on how it came to know it. */
export async function believedBy(engine: Engine, folder: string): Promise<readonly unknown[]> {
  const stats = await engine.handlers.getStats({});
  const range = { start: 0, end: 10_000 };
  const files = await engine.handlers.listFiles({ source: folder, ...range });
  const skipped = files.items.map(({ path: file }) =>
    engine.handlers.listSkipped({ file, ...range }),
  );
  const traces = await engine.handlers.listTraces(range);
  const findings = [...(await engine.findings())].map(finding => JSON.stringify(finding));
  const spans = [...engine.spans()].map(span => JSON.stringify(span)).toSorted();
  const records = [...engine.records()].map(record => JSON.stringify(record));
  const problems = [...engine.problems()];
  return [stats, files, skipped, traces, findings.toSorted(), spans, records, problems];
}

/** What somebody knows who reads the folder now. */
export async function believedAnew(folder: string): Promise<readonly unknown[]> {
  const engine = await openKept(folder, undefined);
  try {
    return await believedBy(engine, folder);
  } finally {
    await engine.dispose();
  }
}

export function indexFile(store: string): string {
  return path.join(store, 'index.bin');
}

/** Reads the folder, or what is kept of it, and keeps what is known then. */
export async function keep(folder: string, store: string): Promise<void> {
  await sleep(racyMs);
  const before = fs.statSync(indexFile(store), { throwIfNoEntry: false })?.mtimeMs;
  const engine = await openKept(folder, store);
  await untilWritten(store, before);
  await engine.dispose();
}

/** Waits until the index was written after this time of its file, in ms. */
export async function untilWritten(store: string, before: number | undefined): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (fs.statSync(indexFile(store), { throwIfNoEntry: false })?.mtimeMs === before) {
    if (performance.now() > deadline) {
      throw new Error('nothing was kept');
    }
    await sleep(5);
  }
}
