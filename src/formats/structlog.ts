import { isCallLine, readCall } from './fields/call';
import { isErrorLevel } from './fields/level';
import { type Fields, isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isLlmLogEntry } from './llmLogger';
import { isRequestLog } from './llmRequest';

/** Any other event of structlog's JSONRenderer; it is a call when its fields speak of one. */
export const structlog: JsonFormat = {
  id: 'structlog',
  title: 'structlog (JSON)',
  docs: {
    writtenBy: 'structlog with `JSONRenderer`',
    recognisedBy:
      '`event` and `level` (or `log_level`), both text; also `llm_error_diagnosed` records',
    notes:
      'An event that names a model beside tokens, latency or text, or an error that names a model, is a call.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    (isEvent(record) || isDiagnosis(record)) &&
    !isLlmLogEntry(record) &&
    !isRequestLog(record),
  read: record => ({ spans: isFields(record) && !isDiagnosis(record) ? readEvent(record) : [] }),
};

function isEvent(record: Fields): boolean {
  const hasLevel = typeof record['level'] === 'string' || typeof record['log_level'] === 'string';
  return (
    typeof record['event'] === 'string' &&
    hasLevel &&
    !('levelname' in record || 'asctime' in record)
  );
}

/** What an app's own error diagnosis says of a call that is logged elsewhere: counting it would count the call twice. */
function isDiagnosis(record: Fields): boolean {
  return (
    record['event'] === 'llm_error_diagnosed' ||
    ('suggested_fixes' in record && 'error_type' in record)
  );
}

function readEvent(record: Fields): ReturnType<typeof readCall>[] {
  const message = typeof record['event'] === 'string' ? record['event'] : undefined;
  const line = { message, isError: isErrorLevel(record['level'] ?? record['log_level']) };
  return isCallLine(record, line) ? [readCall(record, line)] : [];
}
