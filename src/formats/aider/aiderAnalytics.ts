import type { SpanPatch } from '../../model/span';
import { toError } from '../fields/errors';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import { type Fields, isFields, toLabel, toNumber, toText } from '../fields/values';
import type { JsonFormat } from '../format';

/** `aider --analytics-log` (https://github.com/Aider-AI/aider/blob/main/aider/analytics.py). */
export const aiderAnalytics: JsonFormat = {
  id: 'aider-analytics',
  title: 'aider analytics log',
  docs: {
    schema: 'https://github.com/Aider-AI/aider/blob/main/aider/analytics.py',
    writtenBy: 'aider with `--analytics-log FILE`',
    recognisedBy: '`event`, `properties`, `user_id`, `time`',
    notes: 'A `message_send` is a call. `total_cost` grows, `cost` is that of the call.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    isFields(record['properties']) &&
    typeof record['event'] === 'string' &&
    typeof record['time'] === 'number' &&
    'user_id' in record,
  read: record => ({ spans: isFields(record) ? readEvent(record) : [] }),
};

function readEvent(event: Fields): SpanPatch[] {
  const properties = isFields(event['properties']) ? event['properties'] : {};
  const isFailure = event['event'] === 'message_send_exception';
  if (event['event'] !== 'message_send' && !isFailure) {
    return [];
  }
  const cost = toNumber(properties['cost']);
  return [
    {
      part: 'whole',
      kind: 'call',
      name: 'chat',
      model: toLabel(properties['main_model']),
      startTime: toTime(event['time']),
      usage: readUsageObject(properties),
      loggedCostUsd: cost !== undefined && cost >= 0 ? cost : undefined,
      status: isFailure ? 'error' : 'ok',
      error: isFailure ? toError(toText(properties['exception'] ?? 'failed')) : undefined,
      userId: toLabel(event['user_id']),
      hasInput: false,
      hasOutput: false,
    },
  ];
}
