import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine } from '../../../src/engine/createEngine';
import { ScanAhead } from '../../../src/engine/scan/ahead/scanAhead';
import { formats } from '../../../src/formats/index';

/** As small as are taken at all. */
const smallWindow = 20 * 1024;

interface How {
  readonly isQuick: boolean;
  readonly hashRecords: boolean;
  /** Bundle of the thread that scans ahead. */
  readonly thread?: string | undefined;
  /** Bytes that are scanned there at once. */
  readonly windowBytes?: number | undefined;
  /** Told how many windows were scanned there. */
  readonly onAhead?: ((given: number) => void) | undefined;
}

/** All that the engine knows of a folder. */
async function believed(
  folder: string,
  { isQuick, hashRecords, thread, windowBytes = smallWindow, onAhead }: How,
): Promise<readonly unknown[]> {
  const ahead =
    thread === undefined ? {} : { ahead: new ScanAhead(thread, { windowBytes, worthBytes: 1 }) };
  const engine = createEngine(
    { final: true, hashRecords },
    { formats, rules: [], isQuick, learnAfterBytes: 0, ...ahead },
  );
  try {
    while (ahead.ahead?.isReady === false) {
      await sleep(5);
    }
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    const stats = await engine.handlers.getStats({});
    const spans = [...engine.spans()].toSorted(
      (one, other) =>
        (one.sources[0]?.file ?? '').localeCompare(other.sources[0]?.file ?? '') ||
        (one.sources[0]?.offset ?? 0) - (other.sources[0]?.offset ?? 0),
    );
    return [...engine.records(), ...spans, stats];
  } finally {
    onAhead?.(ahead.ahead?.given ?? 0);
    await engine.dispose();
  }
}

/**
 * Reads files with and without the scanner, and expects the same to be known. Returns how many things that were. `thread`: bundle of
 * the thread that scans ahead; then the files are scanned there.
 */
export async function expectSame(
  files: Readonly<Record<string, string | Buffer>>,
  { hashRecords = false, ...ahead }: Partial<How> = {},
): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'callsight-scan-'));
  try {
    for (const [index, [name, content]] of Object.entries(files).entries()) {
      const file = path.join(folder, name);
      await writeFile(file, content);
      // the newest is read first, and of files of one moment any may be: then a seed would not teach the same in the same order each time. What
      // two files say of one call does not depend on it: rows are ordered by path, then by place in the file
      const time = new Date(Date.UTC(2026, 9, 1, 0, index));
      await utimes(file, time, time);
    }
    const plain = await believed(folder, { isQuick: false, hashRecords });
    const quick = await believed(folder, { ...ahead, isQuick: true, hashRecords });
    const different = plain.findIndex(
      (one, at) => JSON.stringify(one) !== JSON.stringify(quick[at]),
    );
    assert.equal(difference(quick[different], plain[different]), '');
    assert.equal(quick.length, plain.length);
    return plain.length;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The fields in which two things differ, and where they are from. */
function difference(one: unknown, other: unknown): string {
  if (one === other) {
    return '';
  }
  const [first, second] = [fieldsOf(one), fieldsOf(other)];
  const names = [...new Set([...first.keys(), ...second.keys()])];
  const differing = names.filter(name => first.get(name) !== second.get(name));
  return [...differing, 'sources', 'source']
    .map(name => `${name}: ${first.get(name)} instead of ${second.get(name)}`)
    .join('\n');
}

function fieldsOf(value: unknown): ReadonlyMap<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.map(([name, inner]) => [name, JSON.stringify(inner)]));
}
