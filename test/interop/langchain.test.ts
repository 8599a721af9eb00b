import assert from 'node:assert/strict';
import { describeWritten, facts } from './written';

describeWritten('runs that LangChain traced to LangSmith', 'langchain.mjs', fileOf => {
  it('are read out of the batches that it sent', () => {
    const { spans, skipped } = fileOf('langsmith.jsonl');
    const [answered, refused] = spans.filter(({ span }) => span.kind === 'call').map(facts);
    assert.equal(
      answered,
      'call gpt-4o-2024-08-06 (FakeChat) ok in=120 cached=64 out=17 reasoning=5 stop\n> system: Be brief.\n> user: Weather in Oslo?\n< assistant: It is 4 °C in Oslo.',
    );
    assert.match(
      refused ?? '',
      /^call gpt-4o \(FailingChat\) \w+: 429 Rate limit reached for gpt-4o/,
    );
    assert.match(refused ?? '', /\n> user: Too much\?$/);
    const tool = spans.find(({ span }) => span.kind === 'tool');
    assert.ok(tool);
    assert.match(
      facts(tool),
      /^tool get_weather .*ok\n> assistant: get_weather\(\{"city":"Oslo"\}\)/,
    );
    assert.match(facts(tool), /\n< tool: .*= \{"celsius":4\}$/);
    assert.ok(spans.every(({ span }) => span.sessionId === 'session-9'));
    assert.deepEqual(skipped, []);
  });

  it('stand below the chain that ran them', () => {
    const spans = fileOf('langsmith.jsonl').spans.map(({ span }) => span);
    const chain = spans.find(span => span.name === 'RunnableSequence');
    const below = spans.filter(span => span.parentSpanId === chain?.spanId);
    assert.deepEqual(
      below.map(({ kind }) => kind),
      ['chain', 'call'],
    );
    assert.ok(below.every(span => span.traceId === chain?.traceId));
  });
});
