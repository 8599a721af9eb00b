import assert from 'node:assert/strict';
import { spansAround } from '../../../src/engine/queries/spansAround';
import { span } from '../media/builders';

const spans = Array.from({ length: 100 }, (_, at) =>
  span(`k${at}`, { spanId: `s${at}`, parentSpanId: at === 0 ? undefined : `s${at > 7 ? 7 : 0}` }),
);
const keysOf = (part: { readonly spans: readonly { readonly key: string }[] }) =>
  part.spans.map(({ key }) => key);

describe('a part of a long trace', () => {
  it('is its beginning when the wanted span is there, or nowhere', () => {
    for (const wanted of ['k0', 'k9', 'gone']) {
      const part = spansAround(spans, wanted, 10);
      assert.equal(part.before, 0);
      assert.deepEqual(keysOf(part), keysOf({ spans: spans.slice(0, 10) }));
    }
  });

  it('is what stands around the wanted span, below what that is in', () => {
    const part = spansAround(spans, 'k50', 4);
    assert.deepEqual(keysOf(part), ['k0', 'k7', 'k48', 'k49', 'k50', 'k51']);
    assert.equal(part.before, 46);
  });

  it('is its end when the wanted span is there', () => {
    assert.deepEqual(keysOf(spansAround(spans, 'k99', 4)).slice(2), ['k96', 'k97', 'k98', 'k99']);
  });

  it('ends with spans that claim to be in one another', () => {
    const forged = spans.map((one, at) => ({ ...one, parentSpanId: `s${(at + 1) % 100}` }));
    assert.equal(keysOf(spansAround(forged, 'k50', 4)).includes('k50'), true);
  });
});
