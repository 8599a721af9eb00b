import { isDiagnosisRecord } from './fields/diagnosis';
import { isErrorLevel } from './fields/level';
import { readMessageLine } from './fields/loggerLine';
import { type Fields, isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isLlmLogEntry } from './llmLogger';
import { isRequestLog } from './llmRequest';
import { isLoguruLine } from './loguru';
import { ownFields } from './recordingHints';

/** Any other event of structlog's JSONRenderer; it is a call when its fields speak of one. */
export const structlog: JsonFormat = {
  id: 'structlog',
  title: 'structlog (JSON)',
  docs: {
    schema: 'https://www.structlog.org/en/stable/api.html#structlog.processors.JSONRenderer',
    writtenBy: 'structlog with `JSONRenderer`',
    recognisedBy:
      '`event` and `level` (or `log_level`), both text; also `llm_error_diagnosed` records',
    notes:
      'An event that names a model beside tokens, latency or text, or an error that names a model, is a call.',
  },
  recordingHint: ownFields,
  container: 'json',
  matches: record => isFields(record) && isEvent(record) && !isMoreSpecific(record),
  read: record => ({ spans: isFields(record) ? readEvent(record) : [] }),
};

function isEvent(record: Fields): boolean {
  if ('levelname' in record || 'asctime' in record) {
    return false;
  }
  const hasLevel = typeof record['level'] === 'string' || typeof record['log_level'] === 'string';
  const isPlainEvent = typeof record['event'] === 'string' && hasLevel;
  return isPlainEvent || (isDiagnosisRecord(record) && typeof record['message'] !== 'string');
}

function isMoreSpecific(record: Fields): boolean {
  return isLlmLogEntry(record) || isRequestLog(record) || isLoguruLine(record);
}

function readEvent(record: Fields): ReturnType<typeof readMessageLine> {
  const message = typeof record['event'] === 'string' ? record['event'] : undefined;
  const line = { message, isError: isErrorLevel(record['level'] ?? record['log_level']) };
  return readMessageLine(record, line);
}
