import { readCall } from './fields/call';
import { type Fields, isFields } from './fields/values';
import type { JsonFormat } from './format';
import { environmentSwitches } from './recordingHints';

/** Whether the record is the simple request log: `llm_request` with counts and nothing of the text. */
export function isRequestLog(record: unknown): record is Fields {
  return (
    isFields(record) &&
    record['event'] === 'llm_request' &&
    typeof record['request_id'] === 'string' &&
    !(
      'operation' in record ||
      'levelname' in record ||
      'asctime' in record ||
      'record' in record
    ) &&
    ('message_count' in record || 'input_tokens' in record || 'total_tokens' in record)
  );
}

/** The simple request log: one structlog event `llm_request` per call, with `input_tokens` and `output_tokens`. */
export const llmRequest: JsonFormat = {
  id: 'llm-request',
  title: 'LLM request log',
  docs: {
    writtenBy: 'structlog code that logs `llm_request` once a call is over',
    recognisedBy:
      '`event: "llm_request"` with `request_id` and `message_count`, `input_tokens` or `total_tokens`',
    notes: 'Holds no text. The timestamp is the end of the call.',
  },
  recordingHint: environmentSwitches,
  container: 'json',
  matches: isRequestLog,
  read: record => ({ spans: isFields(record) ? [readCall(record)] : [] }),
};
