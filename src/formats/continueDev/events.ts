import type { SpanPatch } from '../../model/span';
import { toolBodies } from '../fields/bodies';
import { toDurationMs } from '../fields/duration';
import { toError } from '../fields/errors';
import { readMessages } from '../fields/messages';
import { readOutput } from '../fields/output';
import { parseArguments } from '../fields/parts';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import { type Fields, toId, toLabel, toText } from '../fields/values';

/** A line of development data: a call, a tool's run, or something that a person did. */
export function readEvent(event: Fields): SpanPatch[] {
  switch (event['eventName']) {
    case 'tokensGenerated':
    case 'tokens_generated':
      return [
        {
          ...readCall(event),
          usage: readUsageObject({
            prompt_tokens: event['promptTokens'],
            completion_tokens: event['generatedTokens'],
          }),
        },
      ];
    case 'chatInteraction':
    case 'editInteraction':
    case 'autocomplete':
      return typeof event['completion'] === 'string' ? [withText(event, event['completion'])] : [];
    case 'toolUsage':
      return [readTool(event)];
    default:
      return [];
  }
}

function readCall(event: Fields): SpanPatch {
  return {
    part: 'whole',
    kind: 'call',
    name: toLabel(event['eventName']) === 'tokensGenerated' ? 'chat' : nameOf(event),
    sessionId: toId(event['sessionId']),
    provider: toLabel(event['modelProvider']) ?? toLabel(event['provider']),
    model: toLabel(event['modelName']) ?? toLabel(event['model']) ?? toLabel(event['modelTitle']),
    startTime: startOf(event),
    durationMs: toDurationMs(event['time']),
    status: 'ok',
    userId: toLabel(event['userId']),
    hasInput: false,
    hasOutput: false,
  };
}

function withText(event: Fields, completion: string): SpanPatch {
  const prompt = event['prompt'];
  return {
    ...readCall(event),
    hasInput: typeof prompt === 'string' && prompt !== '',
    hasOutput: completion !== '',
    content: () => ({
      inputMessages: readMessages(prompt),
      outputMessages: readOutput(completion),
      tools: [],
      params: {},
    }),
  };
}

function readTool(event: Fields): SpanPatch {
  const id = toId(event['toolCallId']);
  const name = toLabel(event['functionName']) ?? 'tool';
  const isError = event['succeeded'] === false;
  return {
    identity: id === undefined ? undefined : `tool:${id}`,
    part: 'whole',
    kind: 'tool',
    name,
    spanId: id,
    startTime: toTime(event['timestamp']),
    status: isError ? 'error' : 'ok',
    error: isError ? toError('the tool did not succeed') : undefined,
    hasInput: true,
    hasOutput: event['output'] !== undefined,
    content: () =>
      toolBodies(
        { type: 'toolCall', id, name, arguments: parseArguments(event['functionParams']) },
        { type: 'toolResult', id, name, content: event['output'] },
      ),
  };
}

/** The line is written when the call is over. */
function startOf(event: Fields): number | undefined {
  const end = toTime(event['timestamp']);
  const duration = toDurationMs(event['time']);
  return end === undefined ? undefined : end - (duration ?? 0);
}

function nameOf(event: Fields): string {
  return toText(event['eventName']).replace(/Interaction$/, '');
}
