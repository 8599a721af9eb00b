import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allOf } from '../../../src/model/beginning';
import type { Message, Part } from '../../../src/model/message';
import { findUnpaired } from '../../../src/rules/toolPairs';

const call = (id: string): Part => ({ type: 'toolCall', id, name: 'look', arguments: {} });
const result = (id: string): Part => ({ type: 'toolResult', id, content: 'seen' });

function summaryOf(messages: readonly Message[]): unknown {
  const { unanswered, orphaned, hasCalls, hasResults } = findUnpaired(allOf(messages));
  const ids = (parts: readonly { readonly id?: string | undefined }[]) => parts.map(({ id }) => id);
  return { unanswered: ids(unanswered), orphaned: ids(orphaned), hasCalls, hasResults };
}

describe('calls of tools and their results', () => {
  it('are looked at once in a message that many calls were sent', () => {
    let looks = 0;
    const messages = Array.from({ length: 40 }, (_, at): Message => ({
      role: at % 2 === 0 ? 'assistant' : 'tool',
      get parts() {
        looks++;
        return [at % 2 === 0 ? call(`c${at}`) : result(at === 9 ? 'other' : `c${at - 1}`)];
      },
    }));
    const inputs = messages.map((_, at) => messages.slice(0, at));
    const found = inputs.map(input => findUnpaired(allOf(input)));
    assert.equal(looks, messages.length - 1);
    assert.deepEqual(found.map(({ unanswered }) => unanswered.length).slice(8, 12), [0, 0, 1, 1]);
    assert.deepEqual(found.at(-1)?.orphaned, [result('other')]);
  });

  it('are the same whether a conversation was looked at before or not', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'ws_d');
    const part = fc.oneof(id.map(call), id.map(result));
    const message = fc.array(part, { maxLength: 3 }).map((parts): Message => ({
      role: 'assistant',
      parts,
    }));
    const input = fc.tuple(fc.array(message, { maxLength: 8 }), fc.array(fc.nat({ max: 8 })));
    fc.assert(
      fc.property(input, ([messages, lengths]) => {
        for (const length of lengths) {
          const some = messages.slice(0, length);
          assert.deepEqual(summaryOf(some), summaryOf(structuredClone(some)));
        }
      }),
    );
  });
});
