import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseExactJson } from '../../../src/model/exactJson';
import { toTime } from '../../../src/formats/fields/time';
import { parseJson, toCount, toId, toNumber } from '../../../src/formats/fields/values';

/** Stands in a value for a whole number of so many digits. */
const marker = /"#(-?\d{16,})#"/g;

const wholeNumbers = fc
  .bigInt({ min: -(2n ** 130n), max: 2n ** 130n })
  .filter(number => number > Number.MAX_SAFE_INTEGER || number < Number.MIN_SAFE_INTEGER);

const { tree } = fc.letrec(tie => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }).filter(value => !/\d{16}/.test(JSON.stringify(value))),
    wholeNumbers.map(number => `#${number}#`),
    fc.array(tie('tree')),
    fc.dictionary(fc.string(), tie('tree')),
    fc.bigInt({ min: 0n, max: 2n ** 130n }).map(number => `a: ${number}, "b": ${number}]`),
  ),
}));

describe('parseExactJson', () => {
  it('keeps every digit of whole numbers beyond 2^53, and changes nothing else', () => {
    fc.assert(
      fc.property(tree, fc.nat(2), (value, indent) => {
        const marked = JSON.stringify(value, undefined, indent);
        const asTexts: unknown = JSON.parse(marked.replaceAll(marker, '"$1"'));
        assert.deepEqual(parseExactJson(marked.replaceAll(marker, '$1')), asTexts);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves alone what a number holds, fractions, exponents and texts', () => {
    const text =
      '[9007199254740991,-9007199254740991,1234567890123456.75,1.12345678901234567890,12345678901234567e3,1e20,-0,"12345678901234567890"]';
    assert.deepEqual(parseExactJson(text), JSON.parse(text));
    assert.deepEqual(parseExactJson('9007199254740993'), '9007199254740993');
    assert.deepEqual(parseExactJson(' -9007199254740993\n'), '-9007199254740993');
  });

  it('accepts no text that JSON.parse refuses', () => {
    for (const text of [
      '{12345678901234567890:1}',
      '{12345678901234567890 :1}',
      '{"a":012345678901234567890}',
      '[--12345678901234567890]',
      '[1 12345678901234567890]',
      '[12345678901234567890x]',
      '["a 12345678901234567890]',
      '[12345678901234567890 12345678901234567890]',
      '[+12345678901234567890]',
    ]) {
      assert.throws(() => JSON.parse(text), text);
      assert.throws(() => parseExactJson(text), text);
    }
  });

  it('gives ids, counts and times that the fields understand', () => {
    const record = parseJson(
      '{"trace_id":100927429609276267756646448943279827607,"time":1759394440904641998}',
    );
    assert.deepEqual(record, {
      trace_id: '100927429609276267756646448943279827607',
      time: '1759394440904641998',
    });
    assert.equal(
      toId('100927429609276267756646448943279827607'),
      '100927429609276267756646448943279827607',
    );
    assert.equal(toTime('1759394440904641998'), 1759394440904.642);
    assert.equal(toNumber('1759394440904641998'), Number('1759394440904641998'));
    assert.equal(toCount('1759394440904641998'), undefined);
  });
});
