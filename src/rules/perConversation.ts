import type { Message } from '../model/message';

/**
 * Goes on with what is known of a conversation, by its first message: the next call was sent the same messages and a few more. Whether they are the
 * same is for `goOn` to see.
 */
export function perConversation<Known>(
  goOn: (messages: readonly Message[], before: Known | undefined) => Known,
): (messages: readonly Message[]) => Known {
  const known = new WeakMap<Message, Known>();
  return messages => {
    const [first] = messages;
    const found = goOn(messages, first && known.get(first));
    if (first) {
      known.set(first, found);
    }
    return found;
  };
}
