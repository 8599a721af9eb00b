import { toTime } from './fields/time';
import { at, type Fields, isFields, parseJson, toId } from './fields/values';
import type { JsonFormat, Reading } from './format';
import { toPatch } from './provider/exchange';
import { readHttpExchange, statusOf } from './provider/httpExchange';

/**
 * What claude-trace records of Claude Code's traffic: a request and its response a line.
 * https://github.com/badlogic/lemmy/tree/main/apps/claude-trace
 */
export const claudeTrace: JsonFormat = {
  id: 'claude-trace',
  title: 'claude-trace (JSONL)',
  docs: {
    schema: 'https://github.com/badlogic/lemmy/tree/main/apps/claude-trace',
    writtenBy: 'claude-trace, in `.claude-trace/log-*.jsonl`',
    recognisedBy: '`request` with `url` and `timestamp`, `response`, `logged_at`',
    notes:
      'Only requests for messages are calls; others are understood. A request without a response has an unknown outcome. Headers are shown with keys and tokens masked. The session is the one that Claude Code names in `metadata.user_id`.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    'logged_at' in record &&
    'response' in record &&
    isFields(record['request']) &&
    typeof record['request']['url'] === 'string',
  read: record => (isFields(record) ? read(record) : { spans: [] }),
};

function read({ request, response }: Fields): Reading {
  if (!isFields(request) || typeof request['url'] !== 'string') {
    return { spans: [] };
  }
  const answered = isFields(response) ? response : undefined;
  const responseBody = [answered?.['body'], answered?.['body_raw']].find(
    body => body !== undefined && body !== null && body !== '',
  );
  const exchange = readHttpExchange({
    url: request['url'],
    requestBody: request['body'],
    requestHeaders: request['headers'],
    responseBody,
    status: answered && statusOf(answered),
  });
  if (!exchange?.request) {
    return { spans: [] };
  }
  const startTime = toTime(request['timestamp']);
  const endTime = toTime(answered?.['timestamp']);
  const hasDuration = startTime !== undefined && endTime !== undefined && endTime >= startTime;
  return {
    spans: [
      toPatch({
        ...exchange,
        startTime,
        durationMs: hasDuration ? endTime - startTime : undefined,
        sessionId: sessionOf(request['body']),
      }),
    ],
  };
}

/** `user_…_account_…_session_<id>`, lately JSON text with `session_id`. */
function sessionOf(body: unknown): string | undefined {
  const user = isFields(body) ? at(body, ['metadata', 'user_id']) : undefined;
  if (typeof user !== 'string') {
    return undefined;
  }
  const parsed = user.startsWith('{') ? parseJson(user) : undefined;
  return isFields(parsed)
    ? toId(parsed['session_id'])
    : toId(/_session_([\w-]{8,80})$/.exec(user.slice(-120))?.[1]);
}
