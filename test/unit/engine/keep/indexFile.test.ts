import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { IndexFile } from '../../../../src/engine/keep/indexFile';

describe('the file of what is known', () => {
  let folder: string;
  let file: IndexFile;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-index-'));
    file = new IndexFile(path.join(folder, 'made'));
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** Longer than what is copied at once. */
  function numbers(first: number): Uint32Array {
    return Uint32Array.from({ length: 900_000 }, (_, index) => first + index);
  }

  it('comes back, and leaves nothing else', async () => {
    const state = { numbers: numbers(1), small: new Uint8Array(3), name: 'Grüße' };
    const bytes = await file.write(state, () => true);
    assert.equal(bytes, fs.statSync(path.join(folder, 'made', 'index.bin')).size);
    assert.deepEqual(file.read(), state);
    assert.deepEqual(fs.readdirSync(path.join(folder, 'made')), ['index.bin']);
    file.remove();
    assert.equal(file.read(), undefined);
  });

  it('stays as it was when the state becomes another one while it is written', async () => {
    const state = { numbers: numbers(1) };
    await file.write(state, () => true);
    const before = numbers(1);
    let slices = 0;
    const isSame = (): boolean => {
      state.numbers.fill(7);
      return ++slices < 2;
    };
    assert.equal(await file.write(state, isSame), undefined);
    assert.equal(slices, 2, 'nothing is written for nobody');
    assert.deepEqual(file.read(), { numbers: before });
  });

  it('is the state at the time of asking when nobody says that it stays the same', async () => {
    const state = { numbers: numbers(1) };
    const writing = file.write(state);
    state.numbers.fill(7);
    assert.ok(await writing);
    assert.deepEqual(file.read(), { numbers: numbers(1) });
  });

  it('is that of the last one when two windows write it at the same time', async () => {
    const other = new IndexFile(path.join(folder, 'made'));
    const sizes = await Promise.all([
      file.write({ numbers: numbers(1) }, () => true),
      other.write({ numbers: numbers(2) }, () => true),
      file.write({ numbers: numbers(3) }),
    ]);
    assert.equal(new Set(sizes).size, 1);
    const kept = [1, 2, 3].map(first => ({ numbers: numbers(first) }));
    assert.ok(kept.some(state => isDeepStrictEqual(state, file.read())));
    assert.deepEqual(fs.readdirSync(path.join(folder, 'made')), ['index.bin']);
  });

  it('takes away what somebody began to write an hour ago and never finished', async () => {
    const made = path.join(folder, 'made');
    fs.mkdirSync(made);
    for (const name of ['index.bin.old.new', 'index.bin.young.new', 'notes.new']) {
      fs.writeFileSync(path.join(made, name), 'half');
    }
    const before = new Date(Date.now() - 4_000_000);
    fs.utimesSync(path.join(made, 'index.bin.old.new'), before, before);
    fs.utimesSync(path.join(made, 'notes.new'), before, before);
    await file.write({ numbers: numbers(1) });
    const left = ['index.bin', 'index.bin.young.new', 'notes.new'];
    assert.deepEqual(fs.readdirSync(made).toSorted(), left);
  });
});
