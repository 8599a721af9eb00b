import assert from 'node:assert/strict';
import { contentAfter, inputOf } from '../../../src/model/beginning';
import type { Message, Part, SpanContent } from '../../../src/model/message';
import type { Span } from '../../../src/model/span';
import { rules } from '../../../src/rules/index';
import { Memory } from '../engine/builders';

const turns = 1000;
const perCall = 250; // messages that a rule may look at for a call: what is new, and where it looks back

const toolCall = (at: number): Part => ({
  type: 'toolCall',
  id: `tool${at}`,
  name: 'look',
  arguments: { password: `kD83hs-92hFwq${at}` },
});
const toolResult = (at: number): Part => ({ type: 'toolResult', id: `tool${at}`, content: 'ok' });

/** What the assistant and its tools say in turn. */
function conversation(): readonly Message[] {
  return Array.from({ length: turns }, (_, at) => [
    { role: 'assistant', parts: [toolCall(at)] },
    { role: 'tool', parts: [toolResult(at)] },
  ]).flat();
}

/** Tells how often a place of a list was looked at, to be copied or compared too. */
function counting(messages: readonly Message[]) {
  const counts = { looks: 0 };
  const counted = new Proxy(messages, {
    get(list, key) {
      counts.looks += typeof key === 'string' && /^\d+$/.test(key) ? 1 : 0;
      return Reflect.get(list, key) as unknown;
    },
  });
  return { counted, counts };
}

function callsOf(messages: readonly Message[]): readonly SpanContent[] {
  return messages.flatMap((message, at) =>
    message.role === 'assistant'
      ? contentAfter({ messages, count: at }, { outputMessages: [message], tools: [], params: {} })
      : [],
  );
}

function spansOf(count: number): readonly Span[] {
  const memory = new Memory();
  for (let at = 0; at < count; at++) {
    const fields = { identity: `request:${at}`, requestId: String(at), sessionId: 's' };
    memory.call('/a.jsonl', {
      ...fields,
      provider: 'openai',
      startTime: 1000 * at,
      toolCallNames: ['look'],
      usage: { inputTokens: 2000 + at, outputTokens: 5 },
    });
  }
  return memory.spans();
}

describe('a conversation of many calls', () => {
  for (const rule of rules.filter(({ looksAt }) => looksAt === 'content')) {
    it(`${rule.id} does not go over what was said before for each of its calls`, () => {
      const { counted, counts } = counting(conversation());
      const contents = callsOf(counted);
      const spans = spansOf(contents.length);
      counts.looks = 0;
      let previous: { readonly span: Span; readonly content: SpanContent } | undefined;
      for (const [at, content] of contents.entries()) {
        const span = spans[at];
        const before = previous;
        assert.ok(span && rule.looksAt === 'content');
        rule.check(span, {
          traceSpans: spans,
          content,
          previous: () => before,
          contentOf: other => contents[spans.indexOf(other)],
        });
        previous = { span, content };
      }
      assert.ok(counts.looks <= perCall * turns, `${counts.looks} for ${turns} calls`);
    });
  }

  it('is copied for a call when somebody wants it, who may be another thread', () => {
    const messages = conversation();
    const content = callsOf(messages).at(-1);
    assert.ok(content);
    assert.deepEqual(structuredClone(content).inputMessages, messages.slice(0, -2));
    assert.equal(inputOf(content).messages, messages);
  });
});
