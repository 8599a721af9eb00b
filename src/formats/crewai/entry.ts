import type { SpanPatch } from '../../model/span';
import { hasText } from '../fields/content';
import { toError } from '../fields/errors';
import { secondsToMs } from '../fields/seconds';
import { toTime } from '../fields/time';
import { type Fields, toLabel, toText } from '../fields/values';

/**
 * A task that an agent has finished. That it began is understood: nothing joins the two but the words of the task, and tasks
 * repeat. `startedAt` is the time of the beginning where both are known, epoch ms.
 */
export function readTaskEntry(entry: Fields, startedAt?: number): readonly SpanPatch[] {
  const status = toLabel(entry['status'])?.toLowerCase();
  const loggedAt = toTime(entry['timestamp']);
  const message = entry['error'];
  const isFailed = status === 'failed' || status === 'error' || hasText(message) === true;
  if (status === 'started' || (status === undefined && entry['output'] === undefined)) {
    return [];
  }
  return [
    {
      part: 'whole',
      kind: 'agent',
      name: toLabel(entry['task_name']) ?? toLabel(entry['agent']) ?? 'task',
      startTime: startedAt ?? loggedAt,
      durationMs: secondsToMs(entry['duration']),
      endTime: startedAt === undefined ? undefined : loggedAt,
      status: isFailed ? 'error' : 'ok',
      error: isFailed
        ? toError(toText(hasText(message) === true ? message : `status: ${status}`))
        : undefined,
      tags: agentTag(entry),
      hasInput: hasText(entry['task']) === true,
      hasOutput: hasText(entry['output']) === true,
      content: () => ({
        inputMessages: messageOf('user', entry['task']),
        outputMessages: messageOf('assistant', entry['output']),
        tools: [],
        params: {},
      }),
    },
  ];
}

function messageOf(role: string, text: unknown) {
  return hasText(text) === true
    ? [{ role, parts: [{ type: 'text' as const, text: toText(text) }] }]
    : [];
}

function agentTag(entry: Fields): Readonly<Record<string, string>> | undefined {
  const agent = toLabel(entry['agent']);
  return agent === undefined ? undefined : { agent };
}
