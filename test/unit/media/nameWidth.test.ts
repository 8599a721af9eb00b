import assert from 'node:assert/strict';
import { buildRows } from '../../../media/waterfall/buildRows';
import { nameWidths } from '../../../media/waterfall/nameWidth';
import type { Span } from '../../../src/model/span';
import { span, trace } from './builders';

const perCharacter = 10;

function widthsOf(spans: readonly Span[]) {
  const detail = trace(spans);
  return nameWidths(buildRows(detail, 0), detail.trace, text => text.length * perCharacter);
}

describe('the column of the names', () => {
  const short = span('a', { name: 'chat', startTime: 0, durationMs: 1 });

  it('needs as much more as the longest name is longer', () => {
    const longer = widthsOf([short, span('b', { name: 'a'.repeat(40), startTime: 1 })]);
    const longest = widthsOf([short, span('b', { name: 'a'.repeat(50), startTime: 1 })]);
    assert.equal(longest.need - longer.need, 10 * perCharacter);
  });

  it('wants room for descriptions beyond what names need', () => {
    const name = 'a'.repeat(40);
    const plain = widthsOf([span('b', { name, startTime: 0 })]);
    assert.equal(plain.want, plain.need);
    const described = widthsOf([span('b', { name, startTime: 0, usage: { inputTokens: 7 } })]);
    assert.equal(described.need, plain.need);
    assert.ok(described.want > described.need);
  });

  it('gives room for the sign that a span was joined by time', () => {
    const name = 'a'.repeat(40);
    const joined = widthsOf([span('b', { name, startTime: 0, join: 'inferred' })]);
    assert.ok(joined.need > widthsOf([span('b', { name, startTime: 0 })]).need);
  });
});
