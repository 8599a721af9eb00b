import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allOf } from '../../../src/model/beginning';
import type { Message } from '../../../src/model/message';
import { MessageRun } from '../../../src/rules/messageRun';

const messages = Array.from({ length: 12 }, (_, at): Message => ({ role: `${at}`, parts: [] }));
const charactersOf = ({ role }: Message) => (Number(role) * 7) % 5;

describe('what was found in messages that follow each other', () => {
  it('is what is found in each list by itself, however they continue each other, and each is looked at once as long as they do', () => {
    const lists = fc.array(
      fc.tuple(fc.nat(12), fc.nat(12), fc.nat(40)).map(([end, other, characters]) => ({
        // the first ones, or another branch
        list: other < 10 ? messages.slice(0, end) : [...messages.slice(0, 3), ...messages.slice(6)],
        characters,
      })),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(lists, asked => {
        const run = new MessageRun(message => ({
          places: charactersOf(message) > 2 ? [message.role] : [],
          characters: charactersOf(message),
        }));
        for (const { list, characters } of asked) {
          run.goOn(allOf(list));
          const ends = list.map((_, at) => sum(list.slice(0, at + 1).map(charactersOf)));
          const first = ends.findIndex(end => end > characters);
          const count = first < 0 ? list.length : first;
          assert.equal(run.countWithin(characters, list.length), count);
          assert.equal(run.charactersBefore(count), ends[count - 1] ?? 0);
          const places = list.slice(0, count).filter(message => charactersOf(message) > 2);
          assert.deepEqual(
            run.placesBefore(count),
            places.map(({ role }) => role),
          );
        }
      }),
    );
    let looks = 0;
    const run = new MessageRun(() => {
      looks++;
      return { places: [], characters: 1 };
    });
    [3, 12, 5, 12, 1].forEach(end => run.goOn(allOf(messages.slice(0, end))));
    assert.equal(looks, messages.length);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
