/**
 * Short names that apps give to failures in logs of their own, where no provider's words are: `parse_error`, `NetworkError`. By the
 * category that each means; without `_error` and the like at the end.
 */
const labels: readonly (readonly [category: string, names: string])[] = [
  [
    'connection_failed',
    'network connection conn connect dns socket connection_refused unreachable host_unreachable no_connection offline',
  ],
  [
    'connection_dropped',
    'connection_reset connection_closed connection_lost stream_closed stream_interrupted disconnected',
  ],
  ['timeout', 'timeout llm_timeout model_timeout api_timeout timed_out time_out request_timed_out'],
  [
    'structured_output',
    'parse parsing json json_parse json_decode json_parsing invalid_json bad_json schema schema_validation output_parse output_parsing response_parse parse_failed parsing_failed validation output_validation format bad_format invalid_format',
  ],
  ['rate_limit', 'throttled throttle throttling rate_limit rate_limited ratelimit'],
  [
    'billing',
    'no_credits no_credit out_of_credits insufficient_funds insufficient_credits payment_required billing',
  ],
  ['budget_exceeded', 'cost_limit cost_limit_exceeded budget over_budget spend_limit'],
  ['quota_exhausted', 'quota out_of_quota daily_limit quota_limit'],
  ['auth_invalid', 'auth authentication unauthorized unauthenticated invalid_key bad_key'],
  ['auth_missing', 'no_key missing_key missing_credentials no_credentials'],
  ['permission_denied', 'forbidden access_denied permission not_allowed'],
  [
    'context_length',
    'context_too_long context_window context_length token_limit token_limit_exceeded too_many_tokens context_overflow context_exceeded prompt_too_large',
  ],
  [
    'content_filter',
    'content_blocked content_filtered safety safety_block safety_blocked guardrail guardrails moderation moderated flagged blocked_content',
  ],
  ['refusal', 'refusal refused model_refusal'],
  [
    'overloaded',
    'capacity no_capacity model_busy busy provider_unavailable unavailable model_overloaded circuit_open circuit_breaker',
  ],
  ['server_error', '5xx upstream provider_failure api_failure internal'],
  [
    'model_not_found',
    'model_unavailable no_such_model model_missing invalid_model unsupported_model model_not_available',
  ],
  [
    'invalid_response',
    'empty_response empty_output empty_answer no_response invalid_response bad_response no_output empty_completion',
  ],
  [
    'tool_call_invalid',
    'bad_tool_call invalid_tool_call unknown_tool tool_not_found invalid_tool_args tool_args',
  ],
  [
    'application',
    'tool tool_call_failed tool_failed tool_failure tool_execution database db file io',
  ],
  [
    'agent_limit',
    'max_iterations max_turns max_steps iteration_limit recursion_limit loop_detected too_many_steps step_limit',
  ],
  [
    'output_truncated',
    'truncated output_truncated length_limit max_tokens_reached max_tokens length cut_off',
  ],
  [
    'cancelled',
    'user_abort user_cancelled user_canceled interrupted stopped_by_user interrupt abort',
  ],
  ['invalid_request', '4xx bad_input invalid_input malformed_request'],
];

const byName: ReadonlyMap<string, string> = new Map(
  labels.flatMap(([category, names]) =>
    names.split(' ').map((name): [string, string] => [name, category]),
  ),
);

const longestLabel = 60; // characters; what is longer is a sentence, and read as one

/** The category that a label of the app's own means; undefined for a sentence, or a label nobody knows. */
export function categoryOfLabel(text: string | undefined): string | undefined {
  if (text === undefined || text.length > longestLabel || !/^[\w .-]+$/.test(text)) {
    return undefined;
  }
  const name = text
    .trim()
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2')
    .toLowerCase()
    .replace(/[ .-]+/g, '_')
    .replace(/_?(?:error|exception|err|errors)$/, '');
  return byName.get(name);
}
