import assert from 'node:assert/strict';
import { describeWritten, facts, type WrittenFile } from './written';

const asked = '> user: Weather in Oslo?';
const called = 'assistant: get_weather({"city":"Oslo"}) call_oslo';
const result = 'tool: call_oslo = {"celsius":4}';

describeWritten('an agent run traced with the OpenTelemetry SDK', 'otel.mjs', fileOf => {
  for (const name of ['otlp.jsonl', 'sdk-spans.jsonl']) {
    it(`is read out of ${name} span by span`, () => {
      assert.deepEqual(fileOf(name).spans.map(facts), [
        'agent weather ok',
        `call gpt-4o-2024-08-06 (openai) ok in=120 cached=64 out=17 tool_calls tools=get_weather\n${asked}\n< ${called}`,
        `tool get_weather ok\n> ${called}\n< ${result}`,
        `call gpt-4o-2024-08-06 (openai) ok in=150 out=9 stop\n${asked}\n> ${called}\n> ${result}\n< assistant: It is 4 °C in Oslo.`,
        'call gpt-4o (openai) RateLimitError: 429 Rate limit reached for gpt-4o',
        'embedding text-embedding-3-small (openai) ok in=8',
      ]);
      assert.deepEqual(fileOf(name).skipped, []);
    });

    it(`is one tree of one trace in ${name}`, () => {
      assertOneTree(fileOf(name));
      const [, first, , second] = fileOf(name).spans.map(({ span }) => span);
      assert.equal(first?.sessionId, 'conversation-7');
      assert.ok((first?.durationMs ?? 0) >= 19 && (first?.durationMs ?? 0) < 5000);
      assert.notEqual(first?.spanId, second?.spanId);
    });
  }
});

describeWritten('generations traced with Langfuse', 'langfuse.mjs', fileOf => {
  it('are read out of its OpenTelemetry spans', () => {
    const file = fileOf('langfuse-otlp.jsonl');
    assert.deepEqual(file.spans.map(facts).toSorted(), [
      'call gpt-4o ok in=120 out=17\n> user: Weather in Oslo?\n< assistant: It is 4 °C.',
      'call gpt-4o-mini error: 429 Rate limit reached',
      'chain weather ok\n> user: {"city":"Oslo"}',
    ]);
    assert.deepEqual(file.skipped, []);
    assertOneTree(file);
  });
});

/** The root comes first or at the same time as what it called. */
function assertOneTree({ spans }: WrittenFile): void {
  const roots = spans.filter(({ span }) => span.parentSpanId === undefined);
  assert.equal(roots.length, 1);
  const [root] = roots.map(({ span }) => span);
  assert.ok(root?.traceId !== undefined && root.spanId !== undefined);
  for (const { span } of spans.filter(each => each.span !== root)) {
    assert.equal(span.traceId, root.traceId);
    assert.equal(span.parentSpanId, root.spanId);
  }
}
