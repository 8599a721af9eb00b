import assert from 'node:assert/strict';
import { findJumps, type Jump, type JumpLimits } from '../../../src/analysis/jumps';
import { Series } from '../../../src/analysis/series';

const limits = { floor: 1000, factor: 3 };

function series(values: readonly number[], lane = (at: number) => at): Series {
  const all = new Series();
  values.forEach((value, at) => all.add({ id: at, at, lane: lane(at), value }));
  return all;
}

function usual(count: number): number[] {
  return Array.from({ length: count }, (_, at) => 400 + (at % 7) * 20);
}

function jumpsIn(samples: Series, given: JumpLimits): ReadonlyMap<number, Jump> {
  return new Map([...findJumps(samples, given)].filter(found => found !== undefined));
}

describe('jumps', () => {
  it('are values far above the ones before', () => {
    const found = jumpsIn(series([...usual(30), 4000, ...usual(5)]), limits);
    assert.deepEqual([...found.keys()], [30]);
    assert.deepEqual(found.get(30), { value: 4000, median: 460, p95: 520, before: 30 });
  });

  it('need twenty values before, and a value above the floor', () => {
    assert.equal(jumpsIn(series([...usual(19), 4000]), limits).size, 0);
    assert.equal(jumpsIn(series([...usual(20), 4000]), limits).size, 1);
    assert.equal(
      jumpsIn(
        series(
          usual(30)
            .concat(900)
            .map(value => value / 10),
        ),
        limits,
      ).size,
      0,
    );
  });

  it('are told once of a level that stays', () => {
    const found = jumpsIn(series([...usual(30), 4000, 4100, 4200, 4300]), limits);
    assert.deepEqual([...found.keys()], [30]);
  });

  it('are none where a conversation grows', () => {
    const lane = (at: number) => Math.min(at, 30);
    const growing = [500, 800, 1300, 2000, 3100, 5000];
    assert.equal(jumpsIn(series([...usual(30), ...growing], lane), limits).size, 0);
  });

  it('leave room for other work among many values', () => {
    const values = 5000;
    const rests = [...findJumps(series(usual(values)), limits)];
    assert.ok(rests.length >= values / 200, `${rests.length} rests`);
  });
});
