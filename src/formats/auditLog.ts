import type { AuditFields } from '../model/audit';
import { isDiagnosisRecord } from './fields/diagnosis';
import { toTime } from './fields/time';
import { type Fields, isFields, toId, toLabel } from './fields/values';
import type { JsonFormat } from './format';
import { isLlmLogEntry } from './llmLogger';
import { isLoguruLine } from './loguru';

const actions = new Set([
  'query',
  'completion',
  'moderation',
  'content_filter',
  'data_access',
  'config_change',
]);

/** The audit log: who did what and when, a line each. */
export const auditLog: JsonFormat = {
  id: 'audit-log',
  title: 'Audit log',
  docs: {
    writtenBy: 'An `AuditLogger` class, as JSON lines',
    recognisedBy:
      '`action` with `user_id` and `resource`, and a known action (`query`, `completion`, `moderation`, `content_filter`, `data_access`, `config_change`) or `content_hash`',
    notes: 'Listed as audit entries, never counted as calls.',
  },
  container: 'json',
  matches: isAuditEntry,
  read: record => ({ spans: [], audit: isFields(record) ? readEntry(record) : undefined }),
};

function isAuditEntry(record: unknown): record is Fields {
  return (
    isFields(record) &&
    typeof record['action'] === 'string' &&
    'timestamp' in record &&
    'user_id' in record &&
    'resource' in record &&
    (actions.has(record['action']) || 'content_hash' in record) &&
    typeof record['event'] !== 'string' &&
    typeof record['message'] !== 'string' &&
    !isLlmLogEntry(record) &&
    !isDiagnosisRecord(record) &&
    !isLoguruLine(record)
  );
}

function readEntry(entry: Fields): AuditFields {
  return {
    timestamp: toTime(entry['timestamp']),
    action: toLabel(entry['action']) ?? 'unknown',
    userId: toLabel(entry['user_id']),
    resource: toLabel(entry['resource']),
    contentHash: toId(entry['content_hash']),
    details: entry['details'] ?? undefined,
  };
}
