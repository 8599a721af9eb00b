import type { Message, SpanContent, ToolDefinition } from '../../model/message';
import { hasText, readContent } from './content';
import { readMessages } from './messages';
import { readOutput } from './output';
import { plainMessages } from './plainMessages';
import { unwrapJson } from './unwrapJson';
import { at, isFields, paths, firstOf } from './values';

const instructions = paths('config.system_instruction config.systemInstruction kwargs.system');
const innerTools = paths('config.tools invocation_params.tools kwargs.tools options.tools');

/**
 * The request that a tracer recorded as the input of a span, in whatever shape the traced framework has: JSON text or JSON,
 * messages, a provider's request, or an object with a prompt somewhere.
 */
export function readRequest(value: unknown): SpanContent {
  const body = plainMessages(unwrapJson(value));
  const nothing: SpanContent = { inputMessages: [], outputMessages: [], tools: [], params: {} };
  if (!isFields(body) || isMessage(body)) {
    return { ...nothing, inputMessages: readMessages(body) };
  }
  const content = readContent(body);
  const system = firstOf(body, instructions, text => (hasText(text) === true ? text : undefined));
  const messages = content.inputMessages.length > 0 ? content.inputMessages : readMessages(body);
  return {
    inputMessages:
      system === undefined ? messages : [...readMessages(system, 'system'), ...messages],
    outputMessages: [],
    tools: content.tools.length > 0 ? content.tools : readDefinitions(body),
    params: content.params,
  };
}

/** The answer that a tracer recorded as the output of a span. */
export function readResponse(value: unknown): readonly Message[] {
  const body = plainMessages(unwrapJson(value));
  return isFields(body) && !isMessage(body) && Array.isArray(body['messages'])
    ? readMessages(body['messages'], 'assistant')
    : readOutput(body);
}

/** Names of the tools that messages ask for, in order. */
export function toolNamesIn(messages: readonly Message[]): readonly string[] {
  return messages.flatMap(message =>
    message.parts.flatMap(part => (part.type === 'toolCall' ? [part.name] : [])),
  );
}

/** Tools that were offered, in the words of any provider; each may be JSON text. */
export function readTools(value: unknown): readonly ToolDefinition[] {
  const list = unwrapJson(value);
  if (!Array.isArray(list)) {
    return [];
  }
  const tools = list.map(unwrapJson).flatMap(tool => {
    const declared = isFields(tool)
      ? (tool['function_declarations'] ?? tool['functionDeclarations'])
      : undefined;
    return Array.isArray(declared) ? declared : [tool];
  });
  return readContent({ tools: tools.map(withSchema) }).tools;
}

function readDefinitions(body: Readonly<Record<string, unknown>>): readonly ToolDefinition[] {
  const found = innerTools.map(path => at(body, path)).find(Array.isArray);
  return readTools(found);
}

function withSchema(tool: unknown): unknown {
  return isFields(tool) && tool['parameters'] === undefined
    ? { ...tool, parameters: tool['parameters_json_schema'] ?? tool['inputSchema'] }
    : tool;
}

function isMessage(body: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof body['role'] === 'string' && ['content', 'parts', 'tool_calls'].some(key => key in body)
  );
}
