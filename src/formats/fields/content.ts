import type { Message, SpanContent, ToolDefinition } from '../../model/message';
import * as aliases from './aliases';
import { readMessages } from './messages';
import { readOutput } from './output';
import { readToolCalls } from './parts';
import { candidatesIn } from './shape';
import {
  at,
  countCodePoints,
  type Fields,
  firstOf,
  isFields,
  ownKeys,
  type Path,
  paths,
  toLabel,
} from './values';

const definedName = paths('function.name name');
const definedDescription = paths('function.description description');
const definedParameters = paths('function.parameters parameters input_schema inputSchema');

/** Keys of messages and parts whose values are no text of the conversation. */
const wordless: ReadonlySet<string> = new Set(
  'role type id name object model finish_reason finishReason stop_reason'.split(' '),
);
/** Text lies up to seven levels down: `choices[0].message.content[0].text`. */
const maxTextDepth = 8;

const inputs = [...aliases.inputAliases, ...aliases.weakInputAliases];
const outputs = [...aliases.outputAliases, ...aliases.weakOutputAliases];

/** The bodies of a call, by the alias table. */
export function readContent(fields: Fields): SpanContent {
  return {
    inputMessages: readInput(fields),
    outputMessages: readAnswer(fields),
    tools: readTools(fields),
    params: readParams(fields),
  };
}

/** Whether the value holds text anywhere: not only nulls, blanks, roles and types. */
export function hasText(value: unknown, depth = 0): true | undefined {
  if (typeof value === 'string') {
    return value.trim() === '' ? undefined : true;
  }
  if (depth > maxTextDepth) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.some(item => hasText(item, depth + 1) === true) || undefined;
  }
  if (!isFields(value)) {
    return undefined;
  }
  const keys = Object.keys(value).filter(key => !wordless.has(key));
  return keys.some(key => hasText(value[key], depth + 1) === true) || undefined;
}

export function hasInput(fields: Fields): boolean {
  return firstOf(fields, inputs, value => hasText(value)) === true;
}

export function hasOutput(fields: Fields): boolean {
  return firstOf(fields, outputs, value => hasText(value)) === true;
}

/** Names of the tools that the answer asks for, in order. */
export function readToolCallNames(fields: Fields): readonly string[] {
  const calls = firstOf(fields, aliases.toolCallAliases, nonEmptyList) ?? callsInAnswer(fields);
  return readToolCalls(calls).flatMap(part => (part.type === 'toolCall' ? part.name : []));
}

/** Parameters of a request: whole objects of them, and the known names beside other fields. */
export function readParams(fields: Fields): Readonly<Record<string, unknown>> {
  const entries = candidatesIn(fields, aliases.paramContainers)
    .map(path => at(fields, path))
    .filter(isFields)
    .flatMap(container => Object.entries(container));
  const request = isFields(fields['request']) ? Object.entries(fields['request']) : [];
  const known = [...request, ...Object.entries(fields)].filter(
    ([key, value]) => aliases.paramNames.has(key) && value !== null,
  );
  return ownKeys([...entries, ...known]);
}

/** An assistant's message of nothing but tool calls, for logs that keep them beside the text. */
export function withToolCalls(messages: readonly Message[], calls: unknown): readonly Message[] {
  const parts = readToolCalls(calls);
  if (
    parts.length === 0 ||
    messages.some(message => message.parts.some(part => part.type === 'toolCall'))
  ) {
    return messages;
  }
  const [first, ...others] = messages;
  return first === undefined
    ? [{ role: 'assistant', parts }]
    : [{ ...first, parts: [...first.parts, ...parts] }, ...others];
}

function readTools(fields: Fields): readonly ToolDefinition[] {
  const list = firstOf(fields, aliases.toolDefinitionAliases, nonEmptyList) ?? [];
  return list.filter(isFields).map(tool => ({
    name: firstOf(tool, definedName, toLabel) ?? 'unnamed tool',
    description: firstOf(tool, definedDescription, value =>
      typeof value === 'string' ? value : undefined,
    ),
    parameters: firstOf(tool, definedParameters, value => value),
  }));
}

function readInput(fields: Fields): readonly Message[] {
  const path = candidatesIn(fields, inputs).find(
    candidate => hasText(at(fields, candidate)) === true,
  );
  const messages = path === undefined ? [] : markPreview(readMessages(at(fields, path)), path);
  const system = firstOf(fields, aliases.systemAliases, value =>
    hasText(value) === true ? value : undefined,
  );
  const hasSystem = messages.some(
    message => message.role === 'system' || message.role === 'developer',
  );
  return system === undefined || hasSystem
    ? messages
    : [...readMessages(system, 'system'), ...messages];
}

function readAnswer(fields: Fields): readonly Message[] {
  const path = candidatesIn(fields, outputs).find(
    candidate => hasText(at(fields, candidate)) === true,
  );
  const messages = path === undefined ? [] : markPreview(readOutput(at(fields, path)), path);
  return withToolCalls(messages, firstOf(fields, aliases.toolCallAliases, nonEmptyList));
}

function callsInAnswer(fields: Fields): unknown {
  const choices = firstOf(fields, choicePaths, nonEmptyList);
  return choices?.flatMap(choice =>
    isFields(choice) ? (nonEmptyList(at(choice, calledInChoice)) ?? []) : [],
  );
}
const choicePaths = paths('choices response.choices');
const calledInChoice: Path = ['message', 'tool_calls'];

function nonEmptyList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value : undefined;
}

/** A preview is cut when it is as long as people make previews, or says so by its dots. */
function markPreview(messages: readonly Message[], path: Path): readonly Message[] {
  if (!aliases.previewAliases.some(preview => preview.join('.') === path.join('.'))) {
    return messages;
  }
  return messages.map(message => ({
    ...message,
    parts: message.parts.map(part =>
      part.type === 'text' && isRoundLength(part.text) ? { ...part, cutByLogger: true } : part,
    ),
  }));
}

function isRoundLength(text: string): boolean {
  const length = countCodePoints(text);
  return (
    /(?:…|\.\.\.)$/.test(text) ||
    (length >= 50 && (length % 50 === 0 || Number.isInteger(Math.log2(length))))
  );
}
