import { inputOf } from '../model/beginning';
import { isCall, type Span } from '../model/span';
import { perTrace } from './perTrace';
import type { ContentRule, RuleFinding } from './rule';
import { shorten } from './say';
import { findUnpaired } from './toolPairs';

/** The model asked for a tool, and the conversation went on without its result. */
export const toolResultMissing: ContentRule = {
  id: 'tool-result-missing',
  title: 'Tool call without a result',
  severity: 'warning',
  docs: 'A tool call in the messages has no result although more messages follow, or a tool of the trace never ended although the same agent went on.',
  looksAt: 'content',
  check(span, { content, previous, traceSpans }) {
    const hanging = hangingTools(traceSpans).get(span.key);
    if (hanging !== undefined) {
      return say(hanging, 'was started and never ended, and the model was called again', '');
    }
    const { unanswered, hasResults } = findUnpaired(inputOf(content));
    const [call] = unanswered;
    // a log that never shows results is no conversation without them
    if (call === undefined || !(hasResults || span.status === 'error')) {
      return undefined;
    }
    const before = previous();
    const wasSo =
      before !== undefined &&
      before.span.status !== 'error' &&
      findUnpaired(inputOf(before.content)).unanswered.some(({ id }) => id === call.id);
    return wasSo
      ? undefined
      : say(call.name, 'was called, but its result is not among the messages', call.id ?? '');
  },
};

function say(tool: string, what: string, id: string): RuleFinding {
  return {
    message: `The tool "${shorten(tool, 60)}" ${what}. Providers reject such a conversation, or the model makes the result up.`,
    fixes: [
      'Send a result for every tool call, also when the tool failed or was cancelled: then an error text.',
      'See whether the history was cut between a call and its result: keep or drop them together.',
      'Give tools a time limit, so that one that hangs ends with an error.',
    ],
    links: [],
    facts: { tool, ...(id === '' ? {} : { tool_call_id: id }) },
  };
}

/** Name of the tool that never ended, by key of the call that was made in spite of it. */
const hangingTools = perTrace(spans => {
  const found = new Map<string, string>();
  let running: Span | undefined;
  let caller: Span | undefined;
  for (const span of spans) {
    if (span.kind === 'tool') {
      running = span.status === 'running' ? (running ?? span) : running;
    } else if (isCall(span)) {
      // a call inside the tool (an agent below) has another parent
      const isSameAgent = caller?.parentSpanId === span.parentSpanId && caller?.name === span.name;
      if (running && isSameAgent) {
        found.set(span.key, running.name);
        running = undefined;
      }
      caller = running ? caller : span;
    }
  }
  return found;
});
