import { toDurationMs } from '../fields/duration';
import { readMessage } from '../fields/messages';
import { readUsageObject } from '../fields/usage';
import {
  at,
  type Fields,
  firstOf,
  isFields,
  parseJson,
  paths,
  toId,
  toLabel,
} from '../fields/values';
import type { Dialect } from './dialect';
import type { ResponseFacts } from './facts';
import { lastKnown, PiecesByIndex, textOf } from './joined';

/** Where the SDKs for Python and JavaScript put the id of the request. */
const idPaths = paths('ResponseMetadata.RequestId $metadata.requestId');
const eventNames = [
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
];

/**
 * Amazon Bedrock's Converse API. Its responses have no id and no model.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const bedrock: Dialect = {
  isResponse: body =>
    isFields(body['output']) &&
    isFields(body['output']['message']) &&
    typeof body['stopReason'] === 'string',
  readResponse,
  stream: {
    isEvent: isConverseEvent,
    idOf: () => undefined,
    isStart: (event, hasEnded) =>
      isFields(event['messageStart']) || (hasEnded && isFields(event['contentBlockStart'])),
    isEnd: event => isFields(event['messageStop']),
    bodyOf: event => event['contentBlockDelta'] ?? event['contentBlockStart'],
    assemble,
  },
};

function readResponse(body: Fields): ResponseFacts {
  const finishReason = toLabel(body['stopReason']);
  const message = at(body, ['output', 'message']);
  const read = isFields(message) ? [readMessage(message, 'assistant')] : [];
  return {
    kind: 'call',
    name: 'chat',
    id: firstOf(body, idPaths, toId),
    model: toLabel(body['modelId']),
    provider: 'aws.bedrock',
    durationMs: toDurationMs(at(body, ['metrics', 'latencyMs'])),
    usage: readUsageObject(body['usage']),
    status: finishReason === undefined ? 'unknown' : 'ok',
    finishReason,
    messages: read.filter(({ parts }) => parts.length > 0),
  };
}

/** An event is an object of one key that names it. */
function isConverseEvent(event: Fields): boolean {
  const name = eventNames.find(key => key in event);
  if (name === undefined || !isFields(event[name])) {
    return false;
  }
  const inner = event[name];
  switch (name) {
    case 'messageStart':
      return typeof inner['role'] === 'string';
    case 'messageStop':
      return typeof inner['stopReason'] === 'string';
    case 'metadata':
      return (
        isFields(inner['usage']) &&
        'inputTokens' in inner['usage'] &&
        Object.keys(event).length === 1
      );
    default:
      return 'contentBlockIndex' in inner;
  }
}

interface Block {
  readonly text: string[];
  readonly reasoning: string[];
  readonly input: string[];
  tool?: Fields | undefined;
}

function assemble(events: readonly Fields[]): Fields {
  const blocks = new PiecesByIndex<Block>(() => ({ text: [], reasoning: [], input: [] }));
  for (const event of events) {
    const { contentBlockStart: start, contentBlockDelta: delta } = event;
    if (isFields(start)) {
      const tool = at(start, ['start', 'toolUse']);
      const block = blocks.at(start['contentBlockIndex']);
      block.tool = isFields(tool) ? tool : block.tool;
    }
    if (isFields(delta)) {
      const block = blocks.at(delta['contentBlockIndex']);
      block.text.push(textOf(at(delta, ['delta', 'text'])));
      block.reasoning.push(textOf(at(delta, ['delta', 'reasoningContent', 'text'])));
      block.input.push(textOf(at(delta, ['delta', 'toolUse', 'input'])));
    }
  }
  return {
    output: { message: { role: 'assistant', content: blocks.values().flatMap(toContent) } },
    stopReason: lastKnown(events, event => at(event, ['messageStop', 'stopReason'])),
    usage: lastKnown(events, event => at(event, ['metadata', 'usage'])),
    metrics: lastKnown(events, event => at(event, ['metadata', 'metrics'])),
  };
}

function toContent({ text, reasoning, input, tool }: Block): Fields[] {
  const thought = reasoning.join('');
  const said = text.join('');
  const json = input.join('');
  return [
    ...(thought === '' ? [] : [{ reasoningContent: { reasoningText: { text: thought } } }]),
    ...(said === '' ? [] : [{ text: said }]),
    ...(tool === undefined ? [] : [{ toolUse: { ...tool, input: parseJson(json) ?? json } }]),
  ];
}
