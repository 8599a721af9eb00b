import { at, type Fields, isFields, toId } from '../fields/values';
import type { StreamDialect } from './dialect';
import { firstKnown, lastKnown, PiecesByIndex, textOf } from './joined';

const events =
  /^(?:message-(?:start|end)|(?:content|tool-call|citation)-(?:start|delta|end)|tool-plan-delta)$/;

/** Events of Cohere's chat, version 2. https://docs.cohere.com/v2/docs/streaming */
export const cohereStream: StreamDialect = {
  isEvent: ({ type }) => typeof type === 'string' && events.test(type),
  idOf: event => (event['type'] === 'message-start' ? toId(event['id']) : undefined),
  isStart: event => event['type'] === 'message-start',
  isEnd: event => event['type'] === 'message-end',
  bodyOf: event => event['delta'],
  assemble,
};

interface Call {
  call: Fields | undefined;
  json: string;
}

function assemble(list: readonly Fields[]): Fields {
  const calls = new PiecesByIndex<Call>(() => ({ call: undefined, json: '' }));
  const blocks = new PiecesByIndex<{ text: string; thinking: string }>(() => ({
    text: '',
    thinking: '',
  }));
  let plan = '';
  for (const event of list) {
    const message = at(event, ['delta', 'message']);
    if (!isFields(message)) {
      continue;
    }
    plan += textOf(message['tool_plan']);
    const { tool_calls: call, content } = message;
    if (isFields(call)) {
      takeCall(calls.at(event['index']), call);
    }
    if (isFields(content)) {
      const block = blocks.at(event['index']);
      block.text += textOf(content['text']);
      block.thinking += textOf(content['thinking']);
    }
  }
  const said = (name: string): unknown => lastKnown(list, event => at(event, ['delta', name]));
  return {
    id: firstKnown(list, event => event['id']),
    finish_reason: said('finish_reason'),
    usage: said('usage'),
    error: said('error'),
    message: {
      role: 'assistant',
      tool_plan: plan,
      content: blocks
        .values()
        .flatMap(({ text, thinking }) => [
          ...(thinking === '' ? [] : [{ type: 'thinking', thinking }]),
          ...(text === '' ? [] : [{ type: 'text', text }]),
        ]),
      tool_calls: calls.values().flatMap(toCall),
    },
  };
}

function takeCall(known: Call, call: Fields): void {
  known.call = call['id'] === undefined ? known.call : call;
  known.json += textOf(at(call, ['function', 'arguments']));
}

function toCall({ call, json }: Call): Fields[] {
  const named = call?.['function'];
  return call === undefined
    ? []
    : [{ ...call, function: { ...(isFields(named) ? named : {}), arguments: json } }];
}
