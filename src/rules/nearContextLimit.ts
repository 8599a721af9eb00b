import { findContextWindow } from '../analysis/priceBook';
import { isCall, type Span } from '../model/span';
import { perTrace } from './perTrace';
import { count } from './say';
import type { SpanRule } from './rule';

const nearShare = 0.9;
const wrongShare = 1.05; // from there on the window we know is not the one of this model

/** The prompt nearly fills what the model can look at: one of the next calls fails. */
export const nearContextLimit: SpanRule = {
  id: 'near-context-limit',
  title: 'Prompt nearly fills the context window',
  severity: 'warning',
  docs: `The input of a call takes ${nearShare * 100} % of the context window of its model or more: the first such call of a trace and model.`,
  looksAt: 'span',
  check(span, { traceSpans }) {
    const window = windowOf(span);
    const input = span.usage.inputTokens;
    const isFirst = firstNear(traceSpans).get(span.model ?? '') === span.key;
    if (!isFirst || window === undefined || input === undefined) {
      return undefined;
    }
    return {
      message: `The input of ${count(input)} tokens takes ${Math.floor((100 * input) / window)} % of the context window of ${span.model} (${count(window)} tokens). The answer must fit into the rest; a slightly longer prompt fails.`,
      fixes: [
        'Shorten the history: summarise old turns, and drop long tool results that were used already.',
        'Send fewer documents and tools, or only the parts that the question needs.',
        'Use a model with a larger window for such prompts.',
      ],
      links: [],
      facts: { input_tokens: input, context_window: window },
    };
  },
};

/** Key of the first call near its limit by model. */
const firstNear = perTrace(spans => {
  const first = new Map<string, string>();
  const larger = new Set<string>();
  for (const span of spans) {
    const model = span.model ?? '';
    const share = shareOfWindow(span) ?? 0;
    if (share > wrongShare) {
      larger.add(model);
    } else if (share >= nearShare && !first.has(model)) {
      first.set(model, span.key);
    }
  }
  // a model that took more has a larger window than the list says
  larger.forEach(model => first.delete(model));
  return first;
});

function shareOfWindow(span: Span): number | undefined {
  const input = span.usage.inputTokens;
  const window = windowOf(span);
  // that it was too long is what the error says
  const isSent = isCall(span) && span.status !== 'error';
  return isSent && input !== undefined && window !== undefined ? input / window : undefined;
}

function windowOf({ model, provider }: Span): number | undefined {
  return model === undefined ? undefined : findContextWindow(model, provider);
}
