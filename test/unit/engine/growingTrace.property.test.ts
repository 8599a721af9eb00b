import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TraceGroup } from '../../../src/engine/grouping/traceGroup';
import { sharesOf } from '../../../src/engine/queries/traceGroups';
import type { GrowthBounds } from '../../../src/engine/summaries/growthBounds';
import { inTimeOrder } from '../../../src/engine/summaries/traceSummary';
import type { Span, SpanPatch } from '../../../src/model/span';
import { Memory, patch } from './builders';
import { plainSummary } from './plainSummary';

/** So small that traces of a few spans are continued, settled and pushed out. */
const bounds: GrowthBounds = {
  watched: 2,
  loose: 3,
  maxLoose: 6,
  kept: 8,
  shared: 2,
  sliced: 2,
  held: 6,
};
const files = ['/a.jsonl', '/b.jsonl'] as const;
const few = (...values: readonly string[]) => fc.constantFrom(undefined, ...values);

const spans = fc.record({
  identity: few(...Array.from({ length: 8 }, (_, at) => `request:${at}`)),
  part: fc.constantFrom('whole' as const, 'whole' as const, 'start' as const, 'end' as const),
  kind: fc.constantFrom('call' as const, 'call' as const, 'tool' as const, 'agent' as const),
  status: fc.constantFrom('ok' as const, 'ok' as const, 'error' as const, 'running' as const),
  error: fc.constantFrom(
    undefined,
    { message: 'Overloaded' },
    { message: 'Incorrect API key provided: sk-…9aQ2.' },
  ),
  traceId: fc.constantFrom('t1', 't1', 't1', 't2', undefined),
  sessionId: few('s1', 's2'),
  spanId: few('1', '2', '3', '4', '5', '6', '7', '8', '9'),
  parentSpanId: few('1', '2', '3', '4', '5', '6', '7', '8', '9'),
  userId: few('u1'),
  model: few('gpt-4o', 'gpt-4o-mini'),
  durationMs: fc.constantFrom(undefined, 0, 500, 5000),
  usage: fc.constantFrom(undefined, { inputTokens: 1, outputTokens: 2 }, { inputTokens: 9 }),
  loggedCostUsd: fc.constantFrom(undefined, 0.1, 0.2, 0.7),
  hasInput: fc.boolean(),
});

/** Calls of one trace that are long and lie inside each other. */
const nested = fc
  .tuple(spans, few('1', '2', '3', '4', '5', '6'), few('1', '2', '3', '4', '5', '6'))
  .map(([fields, spanId, parentSpanId]) => ({
    ...fields,
    identity: undefined,
    kind: 'call' as const,
    traceId: 't1',
    spanId,
    parentSpanId,
    durationMs: (fields.durationMs ?? 50) * 20,
    usage: { inputTokens: 1 },
  }));

/** Milliseconds from the span before; undefined: its time is unknown. Nearly all come in order. */
const laterMs = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 100, 1000, 3000) },
  { weight: 1, arbitrary: fc.constantFrom(-8000, -1000, undefined) },
);

const stepsOf = (given: fc.Arbitrary<Partial<SpanPatch>>) =>
  fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        type: fc.constant('give' as const),
        file: fc.nat(1),
        spans: fc.array(fc.tuple(given, laterMs), { minLength: 1, maxLength: 3 }),
        replaces: fc.nat(8).map(number => number === 0),
      }),
    },
    { weight: 12, arbitrary: fc.constant({ type: 'ask' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('forget' as const), file: fc.nat(1) }),
    },
    { weight: 1, arbitrary: fc.constant({ type: 'prices' as const }) },
  );
type Step = ReturnType<typeof stepsOf> extends fc.Arbitrary<infer Value> ? Value : never;

class Play {
  readonly #memory = new Memory({ growth: bounds });
  readonly #records = new Map<string, number>();
  #time = 100_000;

  take(step: Step): void {
    const { core } = this.#memory;
    switch (step.type) {
      case 'give': {
        const file = files[step.file] ?? '';
        const known = this.#records.get(file) ?? 0;
        const replaces = step.replaces && known > 0;
        this.#records.set(file, known + (replaces ? 0 : 1));
        this.#memory.give(
          file,
          step.spans.map(([fields, later]) => patch({ ...fields, startTime: this.#start(later) })),
          replaces,
        );
        return;
      }
      case 'forget':
        this.#records.delete(files[step.file] ?? '');
        this.#memory.forget(files[step.file] ?? '');
        return;
      case 'prices':
        core.forgetCosts();
        return;
      case 'ask':
        this.#ask();
    }
  }

  #start(later: number | undefined): number | undefined {
    this.#time += later ?? 0;
    return later === undefined ? undefined : this.#time;
  }

  /** All that is said of traces is what their spans say, read and looked at all together. */
  #ask(): void {
    const { traces } = this.#memory.core;
    const groups = traces.groups();
    for (const group of groups) {
      const fresh = this.#read(group);
      assert.deepEqual(traces.bareSpansOf(group), fresh);
      const { name, ...summary } = traces.traceOf(group);
      const titleOf = (span: Span) => this.#memory.core.reader.labelOf(span).title;
      assert.deepEqual(summary, plainSummary(group, fresh, titleOf));
      assert.notEqual(name, undefined);
    }
    this.#askFigures(groups);
    const starts = groups.map(group => plainStart(this.#read(group)));
    assert.deepEqual(
      starts,
      starts.toSorted((one, other) => (one === other ? 0 : other - one)),
    );
  }

  #askFigures(groups: readonly TraceGroup[]): void {
    const { traces } = this.#memory.core;
    for (const group of groups) {
      const digest = traces.digestOf(group);
      if (!digest) {
        continue;
      }
      const [[, share] = []] = sharesOf(this.#read(group), 'day');
      const { startTime: _, sessionId: __, ...figures } = digest.figures;
      assert.deepEqual(figures, share);
    }
  }

  #read(group: TraceGroup): readonly Span[] {
    const { reader, store } = this.#memory.core;
    const heads = [...group.heads].toSorted((one, other) => store.compareRows(one, other));
    return inTimeOrder(heads.map(head => reader.read(head)));
  }
}

function plainStart(spans: readonly Span[]): number {
  const times = spans.map(span => span.startTime ?? Number.POSITIVE_INFINITY);
  const earliest = Math.min(...times);
  return Number.isFinite(earliest) ? earliest : Number.NEGATIVE_INFINITY;
}

describe('a trace that grows', () => {
  for (const [what, given] of [
    ['of all kinds', spans],
    ['inside each other', nested],
  ] as const) {
    it(`with spans ${what} is continued to what it is when all of it is looked at anew`, () => {
      fc.assert(
        fc.property(fc.array(stepsOf(given), { maxLength: 60 }), list => {
          const play = new Play();
          list.forEach(step => play.take(step));
          play.take({ type: 'ask' });
        }),
        { numRuns: 200 },
      );
    });
  }
});
