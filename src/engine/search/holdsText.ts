import type { Message, SpanContent } from '../../model/message';

const maxDepth = 100; // levels of a tool's arguments that are searched

/** Whether a message, a tool or a parameter of the bodies holds the text, which is in lower case. Without regard to case. */
export function bodiesHold(
  { inputMessages, outputMessages, tools, params }: SpanContent,
  wanted: string,
): boolean {
  // a piece of a stream carries more, for the other pieces to be joined with
  return holds([inputMessages, outputMessages, tools, params], wanted, -1);
}

export function messagesHold(messages: readonly Message[], wanted: string): boolean {
  return holds(messages, wanted, 0);
}

/** Whether any text in a value, at whatever depth, holds the wanted one. Names of fields do not count. */
function holds(value: unknown, wanted: string, depth: number): boolean {
  if (typeof value === 'string') {
    return value.toLowerCase().includes(wanted);
  }
  if (typeof value !== 'object' || value === null || depth > maxDepth) {
    return false;
  }
  return Object.values(value).some(inner => holds(inner, wanted, depth + 1));
}
