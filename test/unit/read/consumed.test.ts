import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ConsumedBytes } from '../../../src/engine/read/consumed';
import type { OpenFile } from '../../../src/engine/read/fileAccess';
import { SharedWindow } from '../../../src/engine/read/sharedWindow';

function fileOf(bytes: Buffer): OpenFile {
  return {
    stat: () => assert.fail('not asked for'),
    read: (target, length, offset) => bytes.copy(target, 0, offset, offset + length),
    close: () => undefined,
  };
}

describe('what is remembered of the bytes that were taken', () => {
  const pieces = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });

  it('tells a changed byte among the last 256 and the first 4096, however they were taken', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 0, max: 255 }), (lengths, back) => {
        const size = lengths.reduce((sum, length) => sum + length, 0);
        const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7919) % 251));
        const consumed = new ConsumedBytes();
        const window = new SharedWindow();
        for (const length of lengths) {
          consumed.add(bytes.subarray(consumed.offset, consumed.offset + length));
          assert.ok(consumed.hasSameEnds(fileOf(bytes), window));
        }
        assert.equal(consumed.offset, size);
        for (const at of [size - 1 - back, Math.min(back * 16, size - 1)]) {
          if (at >= 0) {
            const changed = Buffer.from(bytes);
            changed[at] = 255;
            assert.equal(consumed.hasSameEnds(fileOf(changed), window), false, `byte ${at}`);
          }
        }
        if (size > 0) {
          assert.equal(consumed.hasSameEnds(fileOf(bytes.subarray(1)), window), false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('compares all bytes, some at a time', () => {
    const bytes = Buffer.alloc(3_000_000, 'callsight');
    const consumed = new ConsumedBytes();
    consumed.add(bytes);
    const compare = (other: Buffer): string => {
      const window = new SharedWindow();
      let result = consumed.compareAll(fileOf(other), window);
      while (result === 'more') {
        result = consumed.compareAll(fileOf(other), window);
      }
      return result;
    };
    assert.equal(compare(bytes), 'same');
    const changed = Buffer.from(bytes);
    changed[1_500_000] = 0;
    assert.equal(compare(changed), 'different');
  });

  it('cannot compare bytes that were left out of the checksum, and says nothing to keep', () => {
    const bytes = Buffer.alloc(5000, 'callsight');
    const consumed = new ConsumedBytes();
    consumed.add(bytes.subarray(0, 3000));
    assert.ok(consumed.save());
    consumed.add(bytes.subarray(3000, 4000), false);
    consumed.add(bytes.subarray(4000));
    assert.equal(consumed.offset, 5000);
    assert.ok(consumed.hasSameEnds(fileOf(bytes), new SharedWindow()));
    assert.equal(consumed.compareAll(fileOf(bytes), new SharedWindow()), 'different');
    assert.equal(consumed.save(), undefined);
  });
});
