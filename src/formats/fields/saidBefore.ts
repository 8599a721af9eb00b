import type { Beginning } from '../../model/beginning';
import type { Message } from '../../model/message';

/**
 * What was said before each item of a conversation that is one record: each is read once, when somebody looks, however many calls were sent it.
 * `read` gives the messages of one item.
 */
export function saidBefore<Item>(
  items: readonly Item[],
  read: (item: Item, index: number) => readonly Message[],
): (index: number) => Beginning {
  const said: Message[] = [];
  /** How many messages there were before each item. */
  const counts: number[] = [];
  return index => {
    for (let next = counts.length; next < index; next++) {
      const item = items[next];
      counts.push(said.length);
      for (const message of item === undefined ? [] : read(item, next)) {
        said.push(message);
      }
    }
    return { messages: said, count: counts[index] ?? said.length };
  };
}
