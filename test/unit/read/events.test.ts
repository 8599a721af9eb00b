import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import type { FolderEvents, FolderWatchListener } from '../../../src/engine/read/folderWatch';
import { FollowedFolder, lines } from './folder';
import { later } from './lookedAt';
import { actions, assertBelieved, Writer } from './writer';

const longAgo = new Date('2020-01-01T00:00:00Z');
/** To the next pass. Milliseconds. */
const aPassMs = 2000;
const patienceMs = 10_000;

/** Says that it hears everything, and tells what the test wants: nothing, everything twice, or what never happened. */
class Rumours implements FolderEvents {
  problem: string | undefined;
  private listener: FolderWatchListener | undefined;
  private readonly folders = new Set<string>();

  tellTo(listener: FolderWatchListener): FolderEvents {
    this.listener = listener;
    return this;
  }

  tell(path: string): void {
    this.listener?.hint(path);
  }

  follow(folders: ReadonlyMap<string, string>): void {
    this.folders.clear();
    for (const folder of folders.keys()) {
      this.folders.add(folder);
    }
  }

  add(folder: string): void {
    this.folders.add(folder);
  }

  has(folder: string): boolean {
    return this.folders.has(folder);
  }

  hears(folder: string): boolean {
    return this.problem === undefined && this.has(folder);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

describe('LogSource, whatever events tell', () => {
  let folder: FollowedFolder;
  let rumours: Rumours;

  beforeEach(() => {
    rumours = new Rumours();
    folder = new FollowedFolder({ poll: false, watch: listener => rumours.tellTo(listener) });
  });
  afterEach(() => folder.dispose());

  /** An ordinary pass, as the timer does it; reading goes on. */
  async function pass(): Promise<void> {
    await folder.source.start();
  }

  async function until(condition: () => boolean): Promise<void> {
    const start = performance.now();
    while (!condition() && performance.now() - start < patienceMs) {
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  /** Read, and so old that nothing looks at it for its own sake; no time of its folder tells what is written into it. */
  async function quietFile(): Promise<void> {
    folder.append('a.jsonl', lines(1, 2));
    fs.utimesSync(folder.path('a.jsonl'), longAgo, longAgo);
    // until its times tell of each later write
    await new Promise(resolve => setTimeout(resolve, 50));
    await pass();
    await until(() => folder.ids('a.jsonl').length === 2);
    await pass();
    await pass();
  }

  function appendQuietly(id: number): void {
    folder.append('a.jsonl', lines(id));
    fs.utimesSync(folder.path('a.jsonl'), longAgo, longAgo);
  }

  it('finds a line in the next pass whose event was lost, also in a file to which nobody had written for long', async () => {
    await quietFile();
    appendQuietly(3);
    await later(aPassMs, pass);
    await until(() => folder.ids('a.jsonl').length > 2);
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2, 3]);
  });

  it('finds a file in the next pass whose event was lost, when nothing had come or gone for long', async () => {
    await quietFile();
    await pass();
    folder.append('b.jsonl', lines(3));
    await pass();
    await until(() => folder.ids('b.jsonl').length > 0);
    assert.deepEqual(folder.ids('b.jsonl'), [3]);
    fs.rmSync(folder.path('a.jsonl'));
    await pass();
    assert.deepEqual(folder.ids('a.jsonl'), []);
  });

  it('looks at everything in every pass, and says so, when a folder cannot be watched', async () => {
    await quietFile();
    rumours.problem = 'New lines may show up some seconds late: no more watches.';
    appendQuietly(3);
    await pass();
    await until(() => folder.ids('a.jsonl').length > 2);
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2, 3]);
    assert.equal(folder.source.status().message, rumours.problem);
  });

  it('believes exactly what is on disk when they are lost, doubled, late, in another order and of nothing at all', async function () {
    this.timeout(60_000);
    await folder.dispose();
    const steps = fc.array(
      fc.record({
        kind: actions,
        told: fc.array(fc.nat(50), { maxLength: 3 }),
        isLate: fc.boolean(),
      }),
      { minLength: 3, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async list => {
        rumours = new Rumours();
        folder = new FollowedFolder({ poll: false, watch: listener => rumours.tellTo(listener) });
        try {
          const writer = new Writer(folder);
          await pass();
          let late: string[] = [];
          for (const { kind, told, isLate } of list) {
            writer.do(kind);
            const names = [...fs.readdirSync(folder.root), 'a.jsonl', 'never.jsonl', ''];
            const paths = told.map(which => folder.path(names[which % names.length] ?? ''));
            if (isLate) {
              late.unshift(...paths);
              continue;
            }
            [...paths, ...late].forEach(path => rumours.tell(path));
            late = [];
            if (kind === 'pause') {
              await pass();
            }
            await new Promise(resolve => setImmediate(resolve));
          }
          await later(aPassMs, pass);
          await until(() => isBelieved());
          assertBelieved(folder);
        } finally {
          await folder.dispose();
        }
      }),
      // to shrink it would take longer than the limit, each run its patience
      { numRuns: 1000, endOnFailure: true },
    );
  });

  function isBelieved(): boolean {
    try {
      assertBelieved(folder);
      return true;
    } catch {
      return false;
    }
  }
});
