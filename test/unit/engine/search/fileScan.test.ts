import assert from 'node:assert/strict';
import { FileScan } from '../../../../src/engine/search/fileScan';
import { Memory, patch } from '../builders';

describe('the scan of a file', () => {
  const file = '/logs/a.jsonl';

  function scanOf(memory: Memory): FileScan {
    const log = memory.core.store.file(file);
    assert.ok(log);
    const scan = new FileScan(log, memory.core.store);
    scan.update();
    return scan;
  }

  /** Takes all that is to be searched, and says that it was. */
  function scanAll(scan: FileScan): readonly number[] {
    const records: number[] = [];
    for (let portion = scan.takePortion(); portion; portion = scan.takePortion()) {
      records.push(...portion.records);
      scan.markScanned(portion);
    }
    return records;
  }

  it('gives out every record with bodies once, the newest portion first', () => {
    const memory = new Memory();
    for (let at = 0; at < 12_000; at++) {
      memory.call(file, { hasInput: at % 3 !== 0 });
    }
    const scan = scanOf(memory);
    const newest = scan.takePortion();
    assert.ok(newest);
    assert.equal(newest.to, 12_000);
    scan.giveBack(newest);
    const records = scanAll(scan);
    const expected = Array.from({ length: 12_000 }, (_, at) => at).filter(at => at % 3 !== 0);
    assert.deepEqual(
      records.toSorted((one, other) => one - other),
      expected,
    );
    assert.deepEqual(scanAll(scan), []);
    assert.ok(scan.isScanned(0) && scan.isScanned(11_999));
  });

  it('gives out only what came since', () => {
    const memory = new Memory();
    memory.call(file, { hasInput: true });
    const scan = scanOf(memory);
    assert.deepEqual(scanAll(scan), [0]);
    memory.call(file, { hasOutput: true });
    scan.update();
    assert.equal(scan.isScanned(1), false);
    assert.deepEqual(scanAll(scan), [1]);
  });

  it('gives out a record again that was given again, longer, and forgets what was found in it', () => {
    const memory = new Memory();
    memory.call(file, { hasInput: true });
    memory.call(file, { hasInput: true });
    const scan = scanOf(memory);
    scanAll(scan);
    scan.markFound(1, { at: 0, spans: [0], isInTurn: false });
    memory.give(file, [patch({ hasInput: true })], true, 20);
    scan.update();
    assert.equal(scan.found(1), undefined);
    assert.deepEqual([scan.isScanned(0), scan.isScanned(1)], [true, false]);
    assert.deepEqual(scanAll(scan), [1]);
  });
});
