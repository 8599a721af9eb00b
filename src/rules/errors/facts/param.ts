import type { Signals } from '../signals';
import { readFirst, type Fact } from './fact';

const known =
  'temperature|top_p|top_k|min_p|max_tokens|max_completion_tokens|max_output_tokens|max_new_tokens|presence_penalty|frequency_penalty|repetition_penalty|presencePenalty|frequencyPenalty|stop|stop_sequences|seed|logprobs|top_logprobs|logit_bias|stream|stream_options|reasoning_effort|reasoning|thinking|thinking\\.budget_tokens|budget_tokens|enable_thinking|response_format|parallel_tool_calls|tool_choice|verbosity|service_tier|modalities|store|metadata|prediction|num_ctx|maxOutputTokens|topK|topP|thinkingBudget|thinking_budget|maxTokens|n';

const patterns: readonly RegExp[] = [
  /\b(?:unknown|unsupported|unrecognized|invalid|missing|missing required|deprecated) (?:request )?(?:parameter|argument|value|field|param|name|property)s?(?: supplied| for parameter)?:? ?["'`]?([A-Za-z_][\w.[\]]{0,80})/i,
  /\bparameters?: ?\[?["'`]([\w.[\]]{1,80})["'`]/i,
  /\bargument not supported on this model: ([\w.]{1,80})/i,
  /\binvalid (?:type for |value for )?["'`]([A-Za-z_][\w.[\]]{0,80})["'`]/i,
  /\bparameter ["'`]?([A-Za-z_][\w.[\]]{0,80})["'`]?:? (?:is|must|should|cannot|not|has|value)\b/i,
  /\binvalid argument for parameter ([\w.]{1,80})/i,
  /\binvalid (\w{1,40}) value\b/i,
  /\binvalid (format|model|role|stop|seed)\b: /i,
  /["'`]([A-Za-z_][\w.[\]]{0,80})["'`] (?:is not supported|is not allowed|does not support|is deprecated|is unsupported|must be|should be|cannot be|is too large|is required)/i,
  new RegExp(
    `(?:^|[^\\w.])(${known})(?::| (?:is|must|should|may|cannot|does|has|value|parameter|and|are|not))`,
  ),
  new RegExp(`["'\`](${known})["'\`]`),
  /(?:^|[\s.`'"])([a-z]{2,20}(?:_[a-z]{2,20}){1,3})["'`]? (?:parameter )?(?:must|should|cannot|is not|is only|is out)\b/,
];

const notAParameter = /^(?:is|value|the|a|an|of|for|in|this|schema|model|body|type|one|more)$/i;

const mandatoryReasoning = /\b(reasoning) is mandatory\b/i;

/** The request parameter that a message complains about. */
export function readParam(text: string, signals: Signals): readonly Fact[] {
  const field = signals.fields.findLast(
    ({ key, value }) => key === 'param' && !/^(?:none|null|~+)$/i.test(value),
  );
  if (field !== undefined) {
    return [{ name: 'param', value: field.value, place: field }];
  }
  const named = readFirst('param', patterns, text, found => {
    const param = found.replace(/\.$/, '');
    return notAParameter.test(param) ? undefined : param;
  });
  return named.length > 0
    ? named
    : readFirst('param', [mandatoryReasoning], text, found => found.toLowerCase());
}
