import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SameSpans } from '../../../src/engine/summaries/sameSpans';

describe('what is remembered of the versions of a list', () => {
  it('never says that more of it is the same than is, and of the last hundred changes how much', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 300 }), fc.nat(300), (sames, asked) => {
        const remembered = new SameSpans();
        sames.forEach((same, at) => remembered.note(at + 1, same));
        const truth = Math.min(...sames.slice(asked));
        assert.equal(remembered.since(asked), truth);
      }),
    );
    const long = new SameSpans();
    const versions = Array.from({ length: 1000 }, (_, at) => at + 1);
    versions.forEach(version => long.note(version, 10 * version));
    for (const version of versions) {
      const truth = 10 * (version + 1);
      const said = long.since(version);
      assert.ok(
        version > 950 && version < 1000 ? said === truth : said <= truth || version === 1000,
      );
    }
  });
});
