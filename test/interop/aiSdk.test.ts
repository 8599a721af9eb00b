import assert from 'node:assert/strict';
import { describeWritten, facts } from './written';

const asked = '> system: Be brief.\n> user: Weather in Oslo?';
const called = 'assistant: get_weather({"city":"Oslo"}) call_oslo';
const failure = 'Rate limit reached for mock-large';

describeWritten('runs of the AI SDK', 'vercelAi.mjs', fileOf => {
  it('are read out of its telemetry', () => {
    const { spans, skipped } = fileOf('ai-sdk-otlp.jsonl');
    const calls = spans.filter(({ span }) => span.kind === 'call');
    assert.deepEqual(calls.map(facts), [
      `call mock-large-001 (mock.chat) ok in=120 cached=64 written=0 out=17 reasoning=5 tool-calls tools=get_weather\n${asked}\n< ${called}`,
      `call mock-large-001 (mock.chat) ok in=150 cached=0 written=0 out=9 reasoning=0 stop\n${asked}\n> ${called}\n> tool: call_oslo = {"type":"json","value":{"celsius":4}}\n< assistant: It is 4 °C in Oslo.`,
      'call mock-large-001 (mock.chat) ok in=30 cached=0 written=0 out=6 reasoning=0 stop\n> user: What should I wear?\n< assistant: Bring a coat.',
      `call mock-large (mock.chat) Error: ${failure}\n> user: Too much?`,
    ]);
    const others = spans.filter(({ span }) => span.kind !== 'call').map(({ span }) => span);
    assert.deepEqual(
      others.map(({ kind, name, status }) => `${kind} ${name} ${status}`),
      ['agent weather ok', 'tool get_weather ok', 'agent clothes ok', 'agent failing error'],
    );
    assert.ok(spans.every(({ span }) => span.sessionId === 'session-9' && span.userId === 'ada'));
    assert.deepEqual(skipped, []);
  });

  it('are three traces, each under its run', () => {
    const spans = fileOf('ai-sdk-otlp.jsonl').spans.map(({ span }) => span);
    const roots = spans.filter(span => span.parentSpanId === undefined);
    assert.deepEqual(
      roots.map(root => [root.name, spans.filter(span => span.traceId === root.traceId).length]),
      [
        ['weather', 4],
        ['clothes', 2],
        ['failing', 2],
      ],
    );
    const streamed = spans.find(span => span.kind === 'call' && span.traceId === roots[1]?.traceId);
    assert.ok((streamed?.timeToFirstTokenMs ?? -1) >= 0);
  });

  it('are read out of the file of its devtools', () => {
    const { spans, skipped } = fileOf('.devtools/generations.json');
    const calls = spans.filter(({ span }) => span.kind === 'call');
    assert.deepEqual(calls.map(facts), [
      `call mock-large ok in=120 cached=64 written=0 out=17 reasoning=5 tool-calls tools=get_weather\n${asked}\n< ${called}`,
      `call mock-large ok in=150 cached=0 written=0 out=9 reasoning=0 stop\n${asked}\n> ${called}\n> tool: call_oslo = {"celsius":4}\n< assistant: It is 4 °C in Oslo.`,
      'call mock-large ok in=30 cached=0 written=0 out=6 reasoning=0 stop\n> user: What should I wear?\n< assistant: Bring a coat.',
      `call mock-large error: ${failure}\n> user: Too much?`,
    ]);
    assert.equal(new Set(spans.map(({ span }) => span.traceId)).size, 3);
    assert.deepEqual(skipped, []);
  });
});
