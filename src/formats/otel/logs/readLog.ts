import type { SpanPatch } from '../../../model/span';
import { isFields, toLabel } from '../../fields/values';
import { Attributes, decodeJson } from '../attributes';
import { detailsEvent, isMessageEvent } from '../bodies/genAi';
import { readSpan } from '../readSpan';
import type { SpanData } from '../spanData';
import type { LogData } from './logData';
import { eventIdentity, programEvents } from './programs';

/** What a log record tells of calls; none when it tells of something else. */
export function readLog(log: LogData): readonly SpanPatch[] {
  const name = eventNameOf(log);
  if (name === undefined) {
    return [];
  }
  const read = programEvents.get(name);
  if (read !== undefined) {
    return read(log);
  }
  return isMessageEvent(name) ? readGenAiEvent(name, log) : [];
}

/**
 * A record about the messages of a call belongs to the span it was written in. The details and the answer are enough to know
 * of a call; a message of the request alone is not.
 */
function readGenAiEvent(name: string, log: LogData): readonly SpanPatch[] {
  const isDetails = name === detailsEvent;
  if (isDetails && isOnlyRequest(log)) {
    return [];
  }
  const span = spanOf(name, log);
  const own = readSpan(span);
  const responseId = own.requestId;
  const identity =
    eventIdentity(log) ?? (responseId === undefined ? undefined : `request:${responseId}`);
  return [
    {
      ...own,
      identity,
      part: identity === undefined ? 'whole' : 'update',
      kind:
        isDetails || name === 'gen_ai.choice'
          ? own.kind === 'embedding'
            ? 'embedding'
            : 'call'
          : 'event',
      name: isDetails ? (span.attributes.label('gen_ai.operation.name') ?? 'chat') : 'chat',
      // the record has only the time at which it was written
      startTime: log.time,
      durationMs: undefined,
      status: own.error ? 'error' : 'unknown',
    },
  ];
}

/** Gemini CLI logs the request before it is sent in the same words. */
function isOnlyRequest({ attributes }: LogData): boolean {
  return (
    !attributes.has(
      'gen_ai.response.id',
      'gen_ai.response.model',
      'gen_ai.response.finish_reasons',
      'gen_ai.usage.input_tokens',
      'gen_ai.usage.output_tokens',
      'gen_ai.output.messages',
      'error.type',
    ) && attributes.has('event.timestamp')
  );
}

/** The record as a span with that event on it. */
function spanOf(name: string, log: LogData): SpanData {
  const decoded = decodeJson(log.body);
  const body = isFields(decoded) ? Attributes.of(decoded) : log.attributes;
  const isDetails = name === detailsEvent;
  return {
    name,
    scope: log.scope,
    traceId: log.traceId,
    spanId: log.spanId,
    startTime: log.time,
    status: 'unset',
    attributes: isDetails ? withBody(log) : withCall(log),
    events: isDetails ? [] : [{ name, attributes: body }],
    resource: log.resource,
  };
}

/** Some writers put the fields of the details into the body instead of the attributes. */
function withBody({ attributes, body }: LogData): Attributes {
  return isFields(body)
    ? Attributes.from([...Attributes.of(body).startingWith(''), ...attributes.startingWith('')])
    : attributes;
}

/** An answer is a call's even when no attribute says so. */
function withCall({ attributes }: LogData): Attributes {
  return attributes.has('gen_ai.operation.name')
    ? attributes
    : Attributes.from([...attributes.startingWith(''), ['gen_ai.operation.name', 'chat']]);
}

/** The full name of the event; Claude Code leaves out its own prefix. */
export function eventNameOf({
  eventName,
  attributes,
  body,
  scope,
  resource,
}: LogData): string | undefined {
  const text = toLabel(body);
  const name = eventName ?? attributes.label('event.name') ?? text;
  const isClaudeCode =
    scope?.includes('claude_code') === true ||
    text?.startsWith('claude_code.') === true ||
    resource.label('service.name') === 'claude-code';
  return isClaudeCode && name !== undefined && !name.startsWith('claude_code.')
    ? `claude_code.${name}`
    : name;
}
