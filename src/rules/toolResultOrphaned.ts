import { findIn, inputOf } from '../model/beginning';
import type { ContentRule } from './rule';
import { shorten } from './say';
import { findUnpaired } from './toolPairs';

/** The messages hold the result of a tool call that they do not hold. */
export const toolResultOrphaned: ContentRule = {
  id: 'tool-result-orphaned',
  title: 'Tool result without its call',
  severity: 'warning',
  docs: 'A tool result in the messages belongs to no tool call in them, and the request does not go on from a stored conversation.',
  looksAt: 'content',
  check(span, { content, previous }) {
    const input = inputOf(content);
    const { orphaned, hasCalls } = findUnpaired(input);
    const [result] = orphaned;
    const isStored =
      content.params['previous_response_id'] !== undefined ||
      content.params['conversation'] !== undefined;
    // a log that shows only what is new has results without calls all the time
    const isWholeHistory = hasCalls && findIn(input, ({ role }) => role === 'assistant') >= 0;
    if (result === undefined || isStored || !isWholeHistory) {
      return undefined;
    }
    const before = previous();
    const wasSo =
      before !== undefined &&
      before.span.status !== 'error' &&
      findUnpaired(inputOf(before.content)).orphaned.some(({ id }) => id === result.id);
    if (wasSo) {
      return undefined;
    }
    const name = result.name === undefined ? '' : ` of "${shorten(result.name, 60)}"`;
    const first = findIn(input, ({ role }) => role !== 'system' && role !== 'developer');
    const isFirst = input.messages[first]?.parts.includes(result) === true;
    return {
      message: `The result${name} with the id "${shorten(result.id ?? '', 60)}" belongs to no tool call in the messages${isFirst ? ': it is the first of them, so the call was cut off before it' : ''}. Most providers reject that.`,
      fixes: [
        isFirst
          ? 'Cut the history before a user message, never between a tool call and its result.'
          : 'Keep the assistant message with the tool call when its result is kept; drop both or none.',
        'See whether ids are made anew when messages are stored and loaded: they must stay as they were.',
      ],
      links: [],
      facts: {
        tool_call_id: result.id ?? '',
        ...(span.status === 'error' ? { failed: 'yes' } : {}),
      },
    };
  },
};
