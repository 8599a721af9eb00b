import assert from 'node:assert/strict';
import { stepSize } from '../../../src/analysis/steps';
import type { TraceGroup } from '../../../src/engine/grouping/traceGroup';
import type { GrowthBounds } from '../../../src/engine/summaries/growthBounds';
import { inTimeOrder } from '../../../src/engine/summaries/traceSummary';
import type { Span, SpanPatch } from '../../../src/model/span';
import { Memory, patch } from './builders';
import { plainSummary } from './plainSummary';
import { turnsDuring } from './turns';

/** So that traces of some thousand spans are long ones, of which one is kept at most. */
const bounds: GrowthBounds = {
  watched: 300,
  loose: 300,
  maxLoose: 1200,
  kept: 0,
  shared: 300,
  sliced: 500,
  held: 100_000,
};
const many = 16 * stepSize;

/** The same numbers each time, from 0 to below `end`. */
function numbersFrom(seed: number): (end: number) => number {
  let state = seed;
  return end => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** Of a trace whose calls lie inside each other now and then, a few of them far apart; some in two records, some failed. */
function spanAt(at: number, next: (end: number) => number): SpanPatch {
  const isAround = next(30) === 0;
  return patch({
    kind: next(5) === 0 ? 'tool' : 'call',
    part: next(40) === 0 ? 'start' : 'whole',
    status: next(25) === 0 ? 'error' : 'ok',
    identity: next(20) === 0 ? `request:${next(at + 1)}` : `request:${at}`,
    traceId: 't',
    spanId: String(at),
    parentSpanId:
      next(3) === 0 ? String(Math.max(0, at - next(next(50) === 0 ? at : 9))) : undefined,
    model: next(9) === 0 ? 'gpt-4o-mini' : 'gpt-4o',
    startTime: next(100) === 0 ? undefined : 1e6 + at * 10 + next(next(20) === 0 ? 9000 : 40),
    durationMs: isAround ? 2000 : next(30),
    usage: { inputTokens: next(900) },
  });
}

class Log {
  readonly memory = new Memory({ growth: bounds });
  readonly #next: (end: number) => number;
  #count = 0;

  constructor(seed: number) {
    this.#next = numbersFrom(seed);
  }

  give(file: string, count: number): void {
    const end = this.#count + count;
    for (; this.#count < end; this.#count++) {
      this.memory.give(file, [spanAt(this.#count, this.#next)]);
    }
  }

  get group(): TraceGroup {
    const [group] = this.memory.core.traces.groups();
    assert.ok(group);
    return group;
  }

  /** All that is said of the trace is what its spans say, read and looked at all together. */
  check(): void {
    const { traces, reader, store } = this.memory.core;
    const { group } = this;
    const heads = [...group.heads].toSorted((one, other) => store.compareRows(one, other));
    const fresh = inTimeOrder(heads.map(head => reader.read(head)));
    assert.deepEqual(traces.bareSpansOf(group), fresh);
    const { name: _, ...summary } = traces.traceOf(group);
    assert.deepEqual(
      summary,
      plainSummary(group, fresh, span => reader.labelOf(span).title),
    );
  }
}

/** What may happen between two slices. */
const happenings: Readonly<Record<string, (log: Log, turn: number) => void>> = {
  nothing: () => {},
  'lines are appended': (log, turn) => turn % 3 === 0 && log.give('/a.jsonl', 7),
  'lines are appended to a file before': (log, turn) => turn % 20 === 0 && log.give('/0.jsonl', 9),
  'more comes than is taken': (log, turn) => turn < 40 && log.give('/a.jsonl', stepSize),
  'a file is removed': (log, turn) => turn === 2 && log.memory.forget('/b.jsonl'),
  'a file is removed and written anew': (log, turn) => {
    if (turn === 2) {
      log.memory.forget('/b.jsonl');
    }
    if (turn === 4) {
      log.give('/b.jsonl', 500);
    }
  },
  'a file is removed when all are read': (log, turn) =>
    turn === 24 && log.memory.forget('/b.jsonl'),
  'nearly all is gone': (log, turn) =>
    turn === 10 && ['/a.jsonl', '/b.jsonl'].forEach(file => log.memory.forget(file)),
  'costs are other ones': (log, turn) => turn % 15 === 14 && log.memory.core.forgetCosts(),
  'somebody else asks': (log, turn) => turn % 10 === 9 && log.check(),
};

describe('a long trace that is read in slices', () => {
  for (const [what, happen] of Object.entries(happenings)) {
    for (const seed of [1, 2]) {
      it(`is what it is when all of it is looked at together, though ${what}: ${seed}`, async () => {
        const log = new Log(seed);
        log.give('/c.jsonl', 100);
        log.give('/b.jsonl', many / 2);
        log.give('/a.jsonl', many / 2);
        const { core } = log.memory;
        let turn = 0;
        let answers = 0;
        const takeTurn = () => {
          if (answers < 2) {
            happen(log, turn++);
          }
        };
        const ask = async () => {
          await core.traces.whenListed([log.group], () => {
            log.check();
            answers++;
          });
        };
        const turns = await turnsDuring(async () => Promise.all([ask(), ask()]), takeTurn);
        assert.equal(answers, 2);
        assert.ok(turns >= 10, `${turns} turns`);
        log.check();
        await turnsDuring(ask);
        assert.equal(answers, 3);
      });
    }
  }

  it('is no more when its folder is closed meanwhile', async () => {
    const log = new Log(1);
    log.give('/a.jsonl', many);
    const { core } = log.memory;
    let turn = 0;
    const takeTurn = () => {
      if (turn++ === 10) {
        log.memory.forget('/a.jsonl');
      }
    };
    const { group } = log;
    const ask = async () =>
      core.traces.whenListed([group], () => core.traces.groups().map(({ key }) => key));
    let keys: readonly string[] | undefined;
    await turnsDuring(async () => (keys = await ask()), takeTurn);
    assert.ok(turn > 10);
    assert.deepEqual(keys, []);
  });

  it('keeps the thread from other work for the time of few of its spans, however many there are', async () => {
    const log = new Log(3);
    const { core } = log.memory;
    // what is looked at of each of its spans: once by reading it, by linking calls to those around them, and by adding it up
    const looks = { read: 0, linked: 0, added: 0 };
    const read = core.reader.read.bind(core.reader);
    core.reader.read = head => {
      looks.read++;
      const span = read(head);
      return Object.create(span, {
        parentSpanId: { get: () => (looks.linked++, span.parentSpanId) },
        sources: { get: () => (looks.added++, span.sources) },
      }) as Span;
    };
    log.give('/a.jsonl', many);
    const most = { read: 0, linked: 0, added: 0 };
    const all = { read: 0, linked: 0, added: 0 };
    const takeTurn = () => {
      for (const kind of ['read', 'linked', 'added'] as const) {
        most[kind] = Math.max(most[kind], looks[kind]);
        all[kind] += looks[kind];
        looks[kind] = 0;
      }
    };
    const { group } = log;
    await turnsDuring(
      async () => core.traces.whenListed([group], () => core.traces.traceOf(group)),
      takeTurn,
    );
    takeTurn();
    for (const kind of ['read', 'linked', 'added'] as const) {
      assert.ok(all[kind] > many / 2, `${all[kind]} spans ${kind} in all`);
      // a step may end what another one began
      assert.ok(most[kind] <= 4 * stepSize, `${most[kind]} spans ${kind} in one turn`);
    }
  });

  it('is read once, though others are asked for and it grows meanwhile', async () => {
    const memory = new Memory({ growth: bounds });
    const { core } = memory;
    const give = (traceId: string, from: number, count: number) => {
      for (let at = from; at < from + count; at++) {
        memory.call('/log.jsonl', { traceId, startTime: at });
      }
    };
    const ids = ['1', '2', '3'];
    ids.forEach(id => give(id, 0, many));
    let reads = 0;
    const read = core.reader.read.bind(core.reader);
    core.reader.read = head => {
      reads++;
      return read(head);
    };
    const groups = core.traces.groups();
    let grown = 0;
    const takeTurn = () => {
      ids.forEach(id => give(id, many + grown, 1));
      grown++;
    };
    let spans: readonly number[] = [];
    await turnsDuring(
      async () =>
        core.traces.whenListed(groups, () => {
          spans = groups.map(group => core.traces.traceOf(group).spans);
        }),
      takeTurn,
    );
    assert.ok(grown > 0 && spans.every(count => count > many));
    const all = spans.reduce((sum, count) => sum + count, 0);
    assert.ok(reads <= all, `${reads} reads of ${all} spans`);
  });
});
