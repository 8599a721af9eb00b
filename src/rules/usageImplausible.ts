import { findContextWindow } from '../analysis/priceBook';
import { isCall, type Span } from '../model/span';
import { count } from './say';
import type { SpanRule } from './rule';

const farBeyond = 1.5; // times the window of the model, before its output is called impossible

/** Token counts that cannot be: sums and costs made of them are wrong. */
export const usageImplausible: SpanRule = {
  id: 'usage-implausible',
  title: 'Token counts that cannot be right',
  severity: 'warning',
  docs: 'Reasoning exceeds output, cached exceeds input, a prompt has 0 tokens, or the output exceeds what the model can hold.',
  looksAt: 'span',
  check(span) {
    const wrong = isCall(span) ? whatIsWrong(span) : undefined;
    return (
      wrong && {
        message: `${wrong.text} Sums and costs that use these counts are wrong.`,
        fixes: [
          wrong.fix,
          "Log the provider's usage object as it is, beside whatever is made of it.",
        ],
        links: [],
        facts: wrong.facts,
      }
    );
  },
};

interface Wrong {
  readonly text: string;
  readonly fix: string;
  readonly facts: Readonly<Record<string, number>>;
}

function whatIsWrong(span: Span): Wrong | undefined {
  const { usage, model } = span;
  const { inputTokens, outputTokens, reasoningOutputTokens } = usage;
  const cached = (usage.cacheReadInputTokens ?? 0) + (usage.cacheCreationInputTokens ?? 0);
  if (outputTokens !== undefined && (reasoningOutputTokens ?? 0) > outputTokens) {
    return {
      text: `The log counts ${count(reasoningOutputTokens ?? 0)} reasoning tokens in an output of ${count(outputTokens)}.`,
      fix: 'See whether the output was logged without its reasoning: the output should include it.',
      facts: { output_tokens: outputTokens, reasoning_tokens: reasoningOutputTokens ?? 0 },
    };
  }
  if (inputTokens !== undefined && cached > inputTokens) {
    return {
      text: `The log counts ${count(cached)} cached tokens in an input of ${count(inputTokens)}.`,
      fix: 'See whether the input was logged without its cached part: Anthropic counts them apart, OpenAI together.',
      facts: { input_tokens: inputTokens, cached_tokens: cached },
    };
  }
  if (inputTokens === 0 && span.hasInput && (outputTokens ?? 0) > 0 && span.status === 'ok') {
    return {
      text: `The call has a prompt and an answer of ${count(outputTokens ?? 0)} tokens, but the log counts 0 input tokens.`,
      fix: 'Read the usage after the last chunk of the stream: the first one often has zeros.',
      facts: { input_tokens: 0, output_tokens: outputTokens ?? 0 },
    };
  }
  const window = model === undefined ? undefined : findContextWindow(model, span.provider);
  if (window !== undefined && (outputTokens ?? 0) > farBeyond * window) {
    return {
      text: `The log counts ${count(outputTokens ?? 0)} output tokens; input and output of ${model} together can be ${count(window)}.`,
      fix: 'See whether the counts of several calls were added up, or those of every chunk of a stream.',
      facts: { output_tokens: outputTokens ?? 0, context_window: window },
    };
  }
  return undefined;
}
