import assert from 'node:assert/strict';
import { percentile } from '../../../src/analysis/percentile';

describe('percentile', () => {
  it('takes the value at floor(n·p), without interpolation', () => {
    assert.equal(percentile([10, 20, 30, 40], 0.5), 30);
    assert.equal(percentile([10, 20, 30, 40], 0.49), 20);
    assert.equal(
      percentile(
        Float64Array.from({ length: 100 }, (_, index) => index),
        0.95,
      ),
      95,
    );
  });

  it('stays within the list', () => {
    assert.equal(percentile([7], 0.99), 7);
    assert.equal(percentile([1, 2], 1), 2);
  });

  it('knows nothing of an empty list', () => {
    assert.equal(percentile([], 0.5), undefined);
  });
});
