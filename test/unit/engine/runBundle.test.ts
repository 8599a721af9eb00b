import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readInPieces, runBundle } from '../../../src/engine/runBundle';

describe('a bundle that is read in pieces', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-bundle-'));
  });

  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('is the same text wherever a character is cut', () => {
    const file = path.join(folder, 'text.js');
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = `${before}${'超时𝄞é'.repeat(20_000)}`;
      fs.writeFileSync(file, text);
      assert.ok(readInPieces(file) === text, `after ${before.length} bytes`);
    }
    fs.writeFileSync(file, '');
    assert.equal(readInPieces(file), '');
  });

  it('knows where it lies, and what lies beside it', () => {
    const file = path.join(folder, 'bundle.js');
    fs.writeFileSync(path.join(folder, 'beside.js'), 'exports.file = __filename;');
    fs.writeFileSync(
      file,
      'const { sep } = require("node:path"); module.exports = { sep, beside: require("./beside.js"), __filename, __dirname };',
    );
    assert.deepEqual(runBundle(file), {
      sep: path.sep,
      beside: { file: path.join(folder, 'beside.js') },
      __filename: file,
      __dirname: folder,
    });
  });

  it('runs once, however many ask for it', () => {
    fs.writeFileSync(path.join(folder, 'beside.js'), 'module.exports = [];');
    const file = path.join(folder, 'bundle.js');
    fs.writeFileSync(
      file,
      'require("./beside.js").push(1); require("./beside.js").push(2); module.exports = require("./beside.js");',
    );
    assert.deepEqual(runBundle(file), [1, 2]);
    assert.deepEqual(runBundle(file), [1, 2]);
  });

  it('says where in it something is wrong', () => {
    const file = path.join(folder, 'broken.js');
    fs.writeFileSync(file, '\nthrow new Error("no good");');
    assert.throws(
      () => runBundle(file),
      (error: Error) => error.stack?.includes(`${file}:2:`) === true,
    );
  });
});
