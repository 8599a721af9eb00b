import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFilter } from '../../../src/engine/filter';
import { matchText, textOfFilter, toTextFilter } from '../../../src/host/display/filterText';

describe('the words on a filter', () => {
  it('say what it leaves, or how far its search is', () => {
    const counts = { calls: 12, ofCalls: 3400, traces: 1 };
    assert.equal(matchText(counts), '12 of 3,400 calls');
    assert.equal(matchText({ ...counts, searching: 0.349 }), 'searching… 34 %, 1 trace so far');
    assert.equal(
      matchText({ ...counts, traces: 12, searching: 0 }),
      'searching… 0 %, 12 traces so far',
    );
  });

  it('are a filter for any text, and the text again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), text => {
        const filter = parseFilter(toTextFilter(text));
        assert.ok(filter.ok);
        assert.deepEqual(filter.textTerms, [text]);
        assert.equal(textOfFilter(toTextFilter(text)), text);
      }),
    );
  });

  it('are no text when the filter is more than one', () => {
    for (const filter of ['', 'word', 'status:error', '"a" "b"', '"a" OR "b"', '-"a"']) {
      assert.equal(textOfFilter(filter), undefined, filter);
    }
  });
});
