import { type Fields, isFields, parseJson, toId } from '../fields/values';
import type { StreamDialect } from './dialect';
import { firstKnown, lastKnown, PiecesByIndex, textOf } from './joined';

const events = new Set([
  'message_start',
  'message_delta',
  'message_stop',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'ping',
]);

/**
 * Events of Anthropic's Messages API. The tokens of the input come with the start, those of the output, and what the tools
 * of the provider added to the input, with the last `message_delta`. https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export const anthropicStream: StreamDialect = {
  isEvent: event => typeof event['type'] === 'string' && events.has(event['type']) && isOwn(event),
  idOf: event => (isFields(event['message']) ? toId(event['message']['id']) : undefined),
  isStart: event => event['type'] === 'message_start',
  isEnd: event => event['type'] === 'message_stop',
  isHead: event => event['type'] === 'message_start',
  bodyOf: ({ type, delta, content_block: block }) =>
    type === 'content_block_delta' ? delta : block,
  assemble,
};

/** The words are used by others too: here the event holds nothing of a chat program's. */
function isOwn(event: Fields): boolean {
  switch (event['type']) {
    case 'message_start':
      return isFields(event['message']);
    case 'content_block_start':
      return isFields(event['content_block']);
    case 'content_block_delta':
    case 'message_delta':
      return isFields(event['delta']);
    default:
      return Object.keys(event).every(
        key => key === 'type' || key === 'index' || key.includes('-'),
      );
  }
}

interface Block {
  block: Fields | undefined;
  text: string;
  thinking: string;
  json: string;
  readonly citations: unknown[];
}

function assemble(list: readonly Fields[]): Fields {
  const start = firstKnown(list, event => event['message']);
  const head = isFields(start) ? start : {};
  const blocks = new PiecesByIndex<Block>(() => ({
    block: undefined,
    text: '',
    thinking: '',
    json: '',
    citations: [],
  }));
  for (const event of list) {
    take(blocks, event);
  }
  const begun = Array.isArray(head['content']) ? head['content'] : [];
  return {
    type: 'message',
    role: 'assistant',
    ...head,
    content: [...begun, ...blocks.values().map(toBlock)],
    stop_reason: lastKnown(list, event => readDelta(event)['stop_reason']) ?? head['stop_reason'],
    usage: usageOf(head['usage'], list),
  };
}

function take(blocks: PiecesByIndex<Block>, event: Fields): void {
  const { index, content_block: begun } = event;
  if (event['type'] === 'content_block_start' && isFields(begun)) {
    blocks.at(index).block = begun;
  }
  if (event['type'] !== 'content_block_delta') {
    return;
  }
  const known = blocks.at(index);
  const delta = readDelta(event);
  known.text += textOf(delta['text']);
  known.thinking += textOf(delta['thinking']);
  known.json += textOf(delta['partial_json']);
  if (delta['citation'] !== undefined) {
    known.citations.push(delta['citation']);
  }
  if (delta['type'] === 'compaction_delta') {
    known.block = { type: 'compaction', ...known.block, content: delta['content'] };
  }
}

/** A block as it would have come whole. One whose start is missing is told by its pieces. */
function toBlock({ block, text, thinking, json, citations }: Block): Fields {
  const begun = block ?? { type: thinking === '' ? 'text' : 'thinking' };
  switch (begun['type']) {
    case 'text':
      return {
        ...begun,
        text: textOf(begun['text']) + text,
        ...(citations.length > 0 ? { citations } : {}),
      };
    case 'thinking':
      return { ...begun, thinking: textOf(begun['thinking']) + thinking };
    default:
      return json === '' ? begun : { ...begun, input: parseJson(json) ?? json };
  }
}

function readDelta(event: Fields): Fields {
  return isFields(event['delta']) ? event['delta'] : {};
}

/** Each figure as it was said last: the deltas repeat and correct those of the start, and never add to them. */
function usageOf(begun: unknown, list: readonly Fields[]): Fields | undefined {
  const said = list
    .filter(event => event['type'] === 'message_delta')
    .map(event => event['usage'])
    .filter(isFields);
  const all = isFields(begun) ? [begun, ...said] : said;
  if (all.length === 0) {
    return undefined;
  }
  const entries = all.flatMap(usage => Object.entries(usage).filter(([, value]) => value !== null));
  return Object.fromEntries(entries);
}
