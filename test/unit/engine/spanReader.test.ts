import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Span, SpanPatch } from '../../../src/model/span';
import { Memory, patch } from './builders';

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const word = fc.constantFrom('a', 'b', 'gpt-4o', '');
const patches: fc.Arbitrary<SpanPatch> = fc
  .record({
    identity: some(fc.constantFrom('request:1', 'request:2', 'request:3')),
    part: fc.constantFrom('whole', 'start', 'update', 'end'),
    kind: fc.constantFrom('call', 'tool', 'agent', 'event'),
    name: word,
    requestId: some(word),
    traceId: some(word),
    spanId: some(word),
    parentSpanId: some(word),
    sessionId: some(word),
    provider: some(word),
    model: some(word),
    startTime: some(fc.nat(10_000)),
    durationMs: some(fc.nat(1000)),
    endTime: some(fc.nat(20_000)),
    timeToFirstTokenMs: some(fc.nat(100)),
    usage: some(fc.record({ inputTokens: some(fc.nat(50)), outputTokens: some(fc.nat(50)) })),
    loggedCostUsd: some(fc.double({ min: 0, max: 1, noNaN: true })),
    status: fc.constantFrom('ok', 'error', 'running', 'unknown'),
    finishReason: some(word),
    error: some(fc.record({ type: some(word), message: word, status: some(fc.nat(599)) })),
    userId: some(word),
    tags: some(fc.dictionary(fc.constantFrom('turn', '__proto__', 'x'), word)),
    toolCallNames: some(fc.array(word, { maxLength: 2 })),
    hasInput: fc.boolean(),
    hasOutput: fc.boolean(),
  })
  .map(fields => patch(fields as Partial<SpanPatch>));

/** All that a span says, each thing asked for by its name. */
function told(span: Span, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map(name => [name, Reflect.get(span, name) as unknown]));
}

describe('a span to look at it now', () => {
  it('says in everything what one that is kept says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(patches, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
        records => {
          const memory = new Memory();
          records.forEach((record, at) => memory.give(`/${at % 2}.jsonl`, record));
          const { core } = memory;
          for (const head of core.heads()) {
            const kept = core.reader.read(head);
            const names = Object.keys(kept);
            assert.deepEqual(told(core.reader.glance(head), names), told(kept, names));
          }
        },
      ),
    );
  });

  it('has all that a span has', () => {
    const memory = new Memory();
    memory.call('/a.jsonl');
    const [head = 0] = memory.core.heads();
    const glance = memory.core.reader.glance(head);
    const missing = Object.keys(memory.core.reader.read(head)).filter(name => !(name in glance));
    assert.deepEqual(missing, []);
  });
});
