import type { Message, Part } from '../model/message';

/** All parts of all messages, in order. */
export function messageParts(messages: readonly Message[]): readonly Part[] {
  return messages.flatMap(message => message.parts);
}
