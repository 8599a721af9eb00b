import assert from 'node:assert/strict';
import { answerOnly, joinNeighbours } from '../../../src/formats/fields/bodies';
import type { Message, Part } from '../../../src/model/message';

const said = (role: string, ...texts: readonly string[]): Message => ({
  role,
  parts: texts.map(text => ({ type: 'text', text })),
});

/** How many elements of lists that begin with this part are written out into others: whoever does so asks the list for its iterator. */
function countSpread(first: Part | undefined): { copied: number; readonly stop: () => void } {
  const iterator = Object.getOwnPropertyDescriptor(Array.prototype, Symbol.iterator);
  assert.ok(iterator && first);
  const counted = {
    copied: 0,
    stop: () => Object.defineProperty(Array.prototype, Symbol.iterator, iterator),
  };
  Object.defineProperty(Array.prototype, Symbol.iterator, {
    ...iterator,
    value(this: unknown[]) {
      counted.copied += this[0] === first ? this.length : 0;
      return this.values();
    },
  });
  return counted;
}

describe('the pieces of an answer', () => {
  it('are one message as long as the same one speaks, and a message by itself stays the same object', () => {
    const alone = said('tool', 'c');
    const pieces = [said('assistant', 'a'), said('assistant', 'b'), alone, said('assistant', 'd')];
    const { outputMessages } = joinNeighbours(pieces.map(piece => answerOnly([piece])));
    assert.deepEqual(outputMessages, [said('assistant', 'a', 'b'), alone, said('assistant', 'd')]);
    assert.equal(outputMessages[1], alone);
  });

  it('are not copied again for each that comes behind them', () => {
    const count = 2000;
    const pieces = Array.from({ length: count }, (_, at) =>
      answerOnly([said('assistant', `${at}`)]),
    );
    const counted = countSpread(pieces[0]?.outputMessages[0]?.parts[0]);
    let parts: readonly Part[] = [];
    try {
      parts = joinNeighbours(pieces).outputMessages[0]?.parts ?? [];
    } finally {
      counted.stop();
    }
    const { copied } = counted;
    assert.equal(parts.length, count);
    assert.ok(copied > 0 && copied < 4 * count, `${copied} copies of ${count} parts`);
  });
});
