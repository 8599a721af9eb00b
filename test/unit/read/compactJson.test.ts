import assert from 'node:assert/strict';
import fc from 'fast-check';
import { onOneLine } from '../../../src/engine/read/compactJson';

const compact = (text: string): string => Buffer.from(onOneLine(Buffer.from(text))).toString();

describe('a JSON record on one line', () => {
  it('is what it was before it was printed over several lines', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false }),
        fc.integer({ min: 1, max: 8 }),
        (value, indent) => {
          assert.equal(compact(`${JSON.stringify(value, null, indent)}\n`), JSON.stringify(value));
        },
      ),
    );
  });

  it('keeps the white space in its texts, and everything when it is on one line already', () => {
    assert.equal(
      compact('{\r\n "a b\\" c" : " \\\\" ,\n"n": 1e5 }'),
      '{"a b\\" c":" \\\\","n":1e5}',
    );
    assert.equal(compact('{ "a": [1, 2] }'), '{ "a": [1, 2] }');
  });
});
