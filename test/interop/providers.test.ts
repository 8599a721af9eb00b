import assert from 'node:assert/strict';
import { describeWritten, facts } from './written';

describeWritten('answers of OpenAI that an app saved', 'openai.mjs', fileOf => {
  // whose completions they are nobody says: many providers answer in the words of OpenAI
  it('are read whole, streamed, of the Responses API, and refused', () => {
    const { spans, skipped } = fileOf('openai.jsonl');
    assert.deepEqual(spans.map(facts), [
      'call gpt-4o-2024-08-06 ok in=82 cached=64 out=17 reasoning=5 tool_calls tools=get_weather\n< assistant: get_weather({"city":"Oslo"}) call_oslo',
      'call gpt-4o-mini-2024-07-18 ok in=31 out=6 stop\n< assistant: It is 4 °C.',
      'call gpt-5-2025-08-07 ok in=40 cached=10 out=30 reasoning=20 completed\n< assistant: (reasoning) Look it up. | Cold.',
      'call requests: Rate limit reached for gpt-4o in organization org-x on requests per min (RPM)',
    ]);
    assert.deepEqual(skipped, []);
  });
});

describeWritten('answers of Anthropic that an app saved', 'anthropic.mjs', fileOf => {
  it('are read whole, streamed and refused', () => {
    const { spans, skipped } = fileOf('anthropic.jsonl');
    assert.deepEqual(spans.map(facts), [
      'call claude-sonnet-4-5-20250929 (anthropic) ok in=100 cached=50 written=30 out=40 tool_use tools=get_weather\n< assistant: Let me look. | get_weather({"city":"Oslo"}) toolu_1',
      'call claude-sonnet-4-5-20250929 (anthropic) ok in=25 out=15 end_turn\n< assistant: It is 4 °C.',
      'call overloaded_error: Overloaded',
    ]);
    assert.equal(spans[2]?.span.requestId, 'req_overloaded');
    assert.deepEqual(skipped, []);
  });
});
