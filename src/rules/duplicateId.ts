import { isCall, type Span } from '../model/span';
import { perTrace } from './perTrace';
import type { SpanRule } from './rule';

const second = /^(.+)#2$/; // how a key tells the second span of an id

/** Two records claim one id and contradict each other: one of them is not who it says it is. */
export const duplicateId: SpanRule = {
  id: 'duplicate-id',
  title: 'One id for two different calls',
  severity: 'warning',
  docs: 'Two records have the same id, but differ in time, model, trace, tokens or outcome.',
  looksAt: 'span',
  check(span, { traceSpans }) {
    const identity = second.exec(span.key)?.[1];
    if (identity === undefined || !isCall(span)) {
      return undefined;
    }
    const id = identity.slice(identity.indexOf(':') + 1);
    const first = byKey(traceSpans).get(identity);
    const differences = first === undefined ? [] : whatDiffers(first, span);
    return {
      message: `The id "${id}" is already that of another record${differences.length === 0 ? ', in another trace' : `; they differ in ${differences.join(', ')}`}. They are shown as two.`,
      fixes: [
        'Make a new id for every call, retries included; do not reuse the one of the incoming request.',
        'If ids come from a counter, put the process or its start into them: a restart begins again at 1.',
        'If the log was copied or edited, remove the copy.',
      ],
      links: [],
      facts: { id },
    };
  },
};

const byKey = perTrace(spans => new Map(spans.map(span => [span.key, span])));

function whatDiffers(first: Span, second: Span): readonly string[] {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['kind', first.kind, second.kind],
    ['model', first.model, second.model],
    ['start', first.startTime, second.startTime],
    ['duration', first.durationMs, second.durationMs],
    ['input tokens', first.usage.inputTokens, second.usage.inputTokens],
    ['output tokens', first.usage.outputTokens, second.usage.outputTokens],
    ['outcome', first.status, second.status],
  ];
  return pairs.filter(([, one, other]) => one !== other).map(([name]) => name);
}
