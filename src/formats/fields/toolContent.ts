import type { SpanContent } from '../../model/message';
import { parseArguments } from './parts';
import { type Fields, firstOf, paths, toId, toLabel } from './values';

const toolName = paths('tool_name tool name function');
const toolInput = paths('input arguments args parameters tool_input request');
const toolOutput = paths('output result response tool_output content');
const toolCallId = paths('tool_call_id tool_use_id call_id');

/** The bodies of a tool's run: the call that asked for it and the result. */
export function readToolContent(fields: Fields): SpanContent {
  const id = firstOf(fields, toolCallId, toId);
  const name = firstOf(fields, toolName, toLabel) ?? 'unnamed tool';
  const input = firstOf(fields, toolInput, value => value);
  const output = firstOf(fields, toolOutput, value => value);
  return {
    inputMessages:
      input === undefined
        ? []
        : [
            {
              role: 'assistant',
              parts: [{ type: 'toolCall', id, name, arguments: parseArguments(input) }],
            },
          ],
    outputMessages:
      output === undefined
        ? []
        : [{ role: 'tool', parts: [{ type: 'toolResult', id, name, content: output }] }],
    tools: [],
    params: {},
  };
}
