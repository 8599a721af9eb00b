import { type Fields, isFields, toId } from '../fields/values';
import type { StreamDialect } from './dialect';
import { lastKnown, objectsIn, PiecesByIndex, textOf } from './joined';

const endings = new Set(['response.completed', 'response.failed', 'response.incomplete']);
/** Events that add to the text of an item, and the field of the item that it becomes. */
const deltas: ReadonlyMap<string, keyof Pick<Item, 'text' | 'reasoning' | 'refusal' | 'input'>> =
  new Map([
    ['response.output_text.delta', 'text'],
    ['response.refusal.delta', 'refusal'],
    ['response.reasoning_summary_text.delta', 'reasoning'],
    ['response.reasoning_text.delta', 'reasoning'],
    ['response.function_call_arguments.delta', 'input'],
    ['response.custom_tool_call_input.delta', 'input'],
    ['response.mcp_call_arguments.delta', 'input'],
    ['response.code_interpreter_call_code.delta', 'input'],
  ]);

/** Events of OpenAI's Responses API. https://platform.openai.com/docs/api-reference/responses-streaming */
export const responsesStream: StreamDialect = {
  isEvent: ({ type }) => typeof type === 'string' && /^response\.[a-z_.]+$/.test(type),
  // some gateways change the id from event to event
  idOf: event =>
    event['type'] === 'response.created' && isFields(event['response'])
      ? toId(event['response']['id'])
      : undefined,
  isStart: event => event['type'] === 'response.created',
  isEnd: event => endings.has(textOf(event['type'])),
  isSummary: event => endings.has(textOf(event['type'])),
  bodyOf: ({ type, delta, item, response }) =>
    delta ??
    (type === 'response.output_item.done' ? item : undefined) ??
    (isFields(response) ? response['output'] : undefined),
  assemble,
};

interface Item {
  text: string;
  reasoning: string;
  refusal: string;
  input: string;
  /** The item as it was announced or, later, as it was finished. */
  item?: Fields | undefined;
  isDone: boolean;
}

function assemble(events: readonly Fields[]): Fields {
  const response = lastKnown(events, event => event['response']);
  const body = isFields(response) ? response : {};
  if (objectsIn(body['output']).length > 0) {
    return { ...body, object: 'response' };
  }
  const items = new PiecesByIndex<Item>(() => ({
    text: '',
    reasoning: '',
    refusal: '',
    input: '',
    isDone: false,
  }));
  for (const event of events) {
    take(items, event);
  }
  return { ...body, object: 'response', output: items.values().flatMap(toItem) };
}

function take(items: PiecesByIndex<Item>, event: Fields): void {
  const { type, delta, item } = event;
  const place = event['output_index'] ?? event['item_id'];
  if (type === 'response.output_item.added' || type === 'response.output_item.done') {
    const known = items.at(place);
    known.item = isFields(item) ? item : known.item;
    known.isDone ||= type === 'response.output_item.done';
    return;
  }
  const field = typeof type === 'string' ? deltas.get(type) : undefined;
  if (field !== undefined) {
    items.at(place)[field] += textOf(delta);
  }
}

/** The finished item says it all; one that was cut off is what its pieces say. */
function toItem(known: Item): Fields[] {
  const { item, text, reasoning, refusal, input } = known;
  if (item !== undefined && known.isDone) {
    return [item];
  }
  if (reasoning !== '') {
    return [{ ...item, type: 'reasoning', summary: [{ type: 'summary_text', text: reasoning }] }];
  }
  if (input !== '') {
    // arguments without the item that they belong to say nothing alone
    return item === undefined ? [] : [{ ...item, arguments: input }];
  }
  const content = [
    ...(text === '' ? [] : [{ type: 'output_text', text }]),
    ...(refusal === '' ? [] : [{ type: 'refusal', refusal }]),
  ];
  return [
    { ...item, type: item?.['type'] ?? 'message', ...(content.length > 0 ? { content } : {}) },
  ];
}
