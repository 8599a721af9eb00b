import type { Beginning } from '../model/beginning';
import type { Message } from '../model/message';

/**
 * Goes on with what is known of a conversation, by its first message: the next call was sent the same messages and a few more. Whether they are the
 * same is for `goOn` to see.
 */
export function perConversation<Known>(
  goOn: (input: Beginning, before: Known | undefined) => Known,
): (input: Beginning) => Known {
  const known = new WeakMap<Message, Known>();
  return input => {
    const first = input.count === 0 ? undefined : input.messages[0];
    const found = goOn(input, first && known.get(first));
    if (first) {
      known.set(first, found);
    }
    return found;
  };
}
