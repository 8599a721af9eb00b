import assert from 'node:assert/strict';
import type { Message, SpanContent } from '../../../src/model/message';
import { findBreak } from '../../../src/rules/promptPrefix';

function said(role: string, text: string): Message {
  return { role, parts: [{ type: 'text', text }] };
}

/** `system` first, then messages by turns. */
function prompt(system: string, ...texts: readonly string[]): SpanContent {
  const turns = texts.map((text, at) => said(at % 2 === 0 ? 'user' : 'assistant', text));
  return {
    inputMessages: [said('system', system), ...turns],
    outputMessages: [],
    tools: [],
    params: {},
  };
}

const talk = ['a', 'b', 'c', 'd', 'e'];

describe('the beginning of a prompt', () => {
  it('is the same when a conversation goes on, is asked again or asked otherwise', () => {
    assert.equal(findBreak(prompt('S', 'a'), prompt('S', 'a', 'b', 'c')), undefined);
    assert.equal(findBreak(prompt('S', 'a'), prompt('S', 'a')), undefined);
    assert.equal(findBreak(prompt('S', 'a'), prompt('S', 'z')), undefined);
    assert.equal(findBreak(prompt('S', 'a', 'b', 'c'), prompt('S', 'a', 'b', 'z')), undefined);
  });

  it('is another one in another conversation, which is no break', () => {
    assert.equal(findBreak(prompt('S', 'a'), prompt('T', 'z')), undefined);
    assert.equal(findBreak(prompt('S', ...talk), prompt('S', 'v', 'w', 'x', 'y', 'z')), undefined);
  });

  it('breaks at a time in the system prompt, also from one conversation to the next', () => {
    const found = findBreak(prompt('It is 09:15:01.', 'a'), prompt('It is 09:15:31.', 'z'));
    assert.equal(found?.what, 'volatile');
    assert.match(found?.text ?? '', /"09:15:01", then "09:15:31"/);
  });

  it('breaks where the system prompt was rewritten within a conversation', () => {
    const found = findBreak(prompt('Be brief.', 'a'), prompt('Be long.', 'a', 'b', 'c'));
    assert.equal(found?.what, 'system');
  });

  it('breaks where the oldest messages were dropped, or one in the middle was changed', () => {
    const dropped = findBreak(prompt('S', ...talk), prompt('S', ...talk.slice(2), 'f', 'g'));
    assert.equal(dropped?.text, '2 messages were dropped from the start of the history');
    const edited = findBreak(prompt('S', ...talk), prompt('S', 'a', 'B', 'c', 'd', 'e', 'f', 'g'));
    assert.match(edited?.text ?? '', /message 2 of the history \(assistant\) was changed/);
  });

  it('breaks where tools were added, removed, reordered or redefined', () => {
    const withTools = (...names: readonly string[]) => ({
      ...prompt('S', 'a'),
      tools: names.map(name => ({ name })),
    });
    const text = (one: SpanContent, other: SpanContent) => findBreak(one, other)?.text;
    assert.match(text(withTools('x', 'y'), withTools('x', 'z')) ?? '', /added z; removed y/);
    assert.match(text(withTools('x', 'y'), withTools('y', 'x')) ?? '', /another order/);
    assert.equal(text(withTools('x', 'y'), withTools('x', 'y')), undefined);
    assert.equal(text(withTools('x', 'y'), withTools()), undefined);
  });

  it('is found where thousands of messages are the same objects without any of them being written out', () => {
    let written = 0;
    const messages = Array.from({ length: 500 }, (_, at) => {
      const message = said(at % 2 === 0 ? 'user' : 'assistant', `step ${at}`);
      return Object.assign(message, {
        toJSON: () => {
          written++;
          return { ...message, toJSON: undefined };
        },
      });
    });
    const calls = messages.map((_, at) => ({
      ...prompt('S'),
      inputMessages: messages.slice(0, at + 1),
    }));
    for (const [at, now] of calls.entries()) {
      const before = calls[at - 1];
      assert.equal(before && findBreak(before, now), undefined);
    }
    assert.equal(written, 0);
    // one that goes on from the middle drops the messages before
    const dropped = { ...prompt('S'), inputMessages: messages.slice(100) };
    for (let times = 0; times < 3; times++) {
      assert.equal(findBreak(calls.at(-1) ?? dropped, dropped)?.what, 'history');
    }
    assert.ok(written < 4 * messages.length, `${written} messages were written out`);
  });
});
