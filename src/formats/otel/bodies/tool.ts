import type { SpanContent } from '../../../model/message';
import { parseArguments } from '../../fields/parts';
import { toId } from '../../fields/values';
import { decodeJson } from '../attributes';
import { readEntity } from '../facts';
import type { SpanData } from '../spanData';

const names = [
  'gen_ai.tool.name',
  'ai.toolCall.name',
  'tool.name',
  'tool_name',
  'mcp.tool.name',
  'function_name',
];
const ids = [
  'gen_ai.tool.call.id',
  'ai.toolCall.id',
  'tool_call.id',
  'tool_call_id',
  'call_id',
  'tool_use_id',
];
const inputs = [
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.args',
  'ai.toolCall.args',
  'tool_arguments',
  'tool.parameters',
  'gcp.vertex.agent.tool_call_args',
  'mlflow.spanInputs',
  'langwatch.input',
  'langfuse.observation.input',
  'input.value',
  'traceloop.entity.input',
  'agentops.entity.input',
  'function_args',
  'tool_input',
  'tool_parameters',
  'arguments',
];
const outputs = [
  'gen_ai.tool.call.result',
  'ai.toolCall.result',
  'tool_response',
  'gcp.vertex.agent.tool_response',
  'gen_ai.output',
  'genai.output',
  'mlflow.spanOutputs',
  'langwatch.output',
  'langfuse.observation.output',
  'output.value',
  'traceloop.entity.output',
  'agentops.entity.output',
  'output',
];

/** The name of the tool that ran. */
export function readToolName({ attributes }: SpanData): string | undefined {
  return (
    attributes.label(...names) ??
    readEntity(attributes, 'tool') ??
    attributes.label('traceloop.entity.name', 'agentops.entity.name')
  );
}

export function hasToolInput(span: SpanData): boolean {
  return toolValue(span, inputs, 'data.input', 'input') !== undefined;
}

export function hasToolOutput(span: SpanData): boolean {
  return toolValue(span, outputs, 'data.output', 'response') !== undefined;
}

/** What a tool was called with, and what came back. */
export function readToolBodies(span: SpanData): SpanContent {
  const id = toId(span.attributes.first(...ids));
  const name = readToolName(span) ?? span.name;
  const input = toolValue(span, inputs, 'data.input', 'input');
  const output = toolValue(span, outputs, 'data.output', 'response');
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
        : [
            {
              role: 'tool',
              parts: [{ type: 'toolResult', id, name, content: decodeJson(output) }],
            },
          ],
    tools: [],
    params: {},
  };
}

function toolValue(
  span: SpanData,
  attributeNames: readonly string[],
  event: string,
  eventAttribute: string,
): unknown {
  const value =
    span.attributes.first(...attributeNames) ??
    span.events.find(({ name }) => name === event)?.attributes.first(eventAttribute);
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
