import assert from 'node:assert/strict';
import { arrange, messageAsText, numbersOf, rolesOf } from '../../../media/conversation/arrange';
import { knownFacts, outputSpeed, totalsOf } from '../../../media/conversation/knownFacts';
import { compareParameters } from '../../../media/views/compareParameters';
import type { Message, SpanContent } from '../../../src/model/message';
import { span } from './builders';

const say = (role: string, text: string): Message => ({ role, parts: [{ type: 'text', text }] });

const content: SpanContent = {
  inputMessages: [
    say('system', 'Be kind.'),
    say('user', 'Refund?'),
    {
      role: 'assistant',
      parts: [{ type: 'toolCall', id: 'c1', name: 'search', arguments: { n: 1 } }],
    },
    { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', content: '{"ok":true}' }] },
    say('user', 'And now?'),
  ],
  outputMessages: [say('assistant', 'Done.')],
  tools: [],
  params: {},
};

describe('arrangement of a conversation', () => {
  const arranged = arrange(content, 4);

  it('puts instructions, what was re-sent, what is new and the response apart', () => {
    const numbers = (list: readonly { readonly number: number }[]) => list.map(m => m.number);
    assert.deepEqual(numbers(arranged.system), [1]);
    assert.deepEqual(numbers(arranged.resent), [2, 3, 4]);
    assert.deepEqual(numbers(arranged.fresh), [5, 6]);
    assert.equal(arranged.fresh[1]?.origin, 'response');
    assert.equal(arranged.messages, 6);
    assert.equal(arranged.added, 1);
  });

  it('finds call and result of a tool by their id', () => {
    assert.equal(arranged.calls.get('c1')?.name, 'search');
    assert.equal(arranged.results.get('c1')?.number, 4);
  });

  it('counts the roles of a fold', () => {
    assert.equal(rolesOf(arranged.resent), 'user, assistant, tool');
    assert.equal(numbersOf(arranged.resent), '#2-4');
    assert.equal(numbersOf(arranged.system), '#1');
  });

  it('copies a message as its text', () => {
    const [, , call] = content.inputMessages;
    assert.equal(call && messageAsText(call), 'search({"n":1})');
  });
});

describe('what a log without text says of a call', () => {
  it('compares the prompt with the call before', () => {
    const before = span('a', { usage: { inputTokens: 82, outputTokens: 225 } });
    const now = span('b', { usage: { inputTokens: 304, outputTokens: 3 }, toolCallNames: ['x'] });
    const [prompt, answer] = knownFacts(now, before);
    assert.equal(prompt?.value, '304 tokens');
    assert.equal(prompt?.note, '222 more than the call before, which answered with 225');
    assert.equal(answer?.value, '3 tokens, 1 tool call');
  });

  it('writes what it does not know', () => {
    const [prompt, answer] = knownFacts(span('a'), undefined);
    assert.equal(prompt?.value, 'size not in the log');
    assert.equal(answer?.value, 'size not in the log');
    assert.deepEqual(knownFacts(span('t', { kind: 'tool' }), undefined), []);
  });

  it('measures speed from the first token when there is one', () => {
    const usage = { outputTokens: 120 };
    const whole = outputSpeed(span('a', { usage, durationMs: 2000 }));
    assert.equal(whole?.value, '60 tokens/s');
    assert.match(whole?.note ?? '', /no first-token time/);
    const streamed = outputSpeed(span('a', { usage, durationMs: 2000, timeToFirstTokenMs: 1000 }));
    assert.deepEqual(streamed, { value: '120 tokens/s', note: undefined });
    assert.equal(outputSpeed(span('a', { durationMs: 2000 })), undefined);
  });

  it('says when a sum is only a part of the truth', () => {
    const facts = totalsOf([
      span('a', { usage: { inputTokens: 10 }, cost: { usd: 0.5, source: 'log' } }),
      span('b'),
      span('t', { kind: 'tool' }),
    ]);
    const value = (name: string) => facts.find(fact => fact.name === name)?.value;
    assert.equal(value('Calls'), '2');
    assert.equal(value('Input'), 'at least 10 tokens');
    assert.equal(value('Output'), 'unknown');
    assert.equal(value('Cost'), 'at least $0.5000');
  });
});

describe('parameters beside those of the call before', () => {
  it('marks what changed, came or went', () => {
    const compared = compareParameters(
      { model: 'a', max: 4096 },
      { model: 'a', max: 2048, seed: 1 },
    );
    assert.deepEqual(
      compared.map(({ name, isChanged }) => [name, isChanged]),
      [
        ['model', false],
        ['max', true],
        ['seed', true],
      ],
    );
    assert.ok(compareParameters({ max: 1 }, undefined).every(({ isChanged }) => !isChanged));
  });

  it('takes a name of the log for a name', () => {
    const params: Record<string, unknown> = JSON.parse('{"__proto__": {"polluted": true}}');
    assert.deepEqual(
      compareParameters(params, {}).map(({ name }) => name),
      ['__proto__'],
    );
  });
});
