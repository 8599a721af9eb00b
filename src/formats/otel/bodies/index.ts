import type { Message, SpanContent, ToolDefinition } from '../../../model/message';
import { hasText } from '../../fields/content';
import { isFields, toLabel } from '../../fields/values';
import { decodeJson } from '../attributes';
import { readSpanParams } from '../facts';
import type { SpanData } from '../spanData';
import type { BodyReader } from './bodySource';
import {
  anyAgentOutput,
  frameworkInput,
  frameworkInputs,
  frameworkOutput,
  frameworkOutputs,
  pydanticInput,
  pydanticOutput,
} from './frameworks';
import {
  completionAttribute,
  detailsEvent,
  genAiInput,
  genAiOutput,
  inputEvents,
  outputEvents,
  promptAttribute,
} from './genAi';
import { indexedCompletion, indexedPrompt } from './indexed';
import { monocleInput, monocleOutput } from './monocle';
import { openInferenceInput, openInferenceOutput, retrievedDocuments } from './openInference';
import { vercelInput, vercelOutput } from './vercel';

/** The most specific dialect first: what is only a copy of the whole as text stands last. */
const inputReaders: readonly BodyReader[] = [
  openInferenceInput,
  genAiInput,
  indexedPrompt,
  vercelInput,
  inputEvents,
  promptAttribute,
  monocleInput,
  pydanticInput,
  frameworkInput,
];
const outputReaders: readonly BodyReader[] = [
  openInferenceOutput,
  genAiOutput,
  indexedCompletion,
  vercelOutput,
  outputEvents,
  completionAttribute,
  monocleOutput,
  pydanticOutput,
  retrievedDocuments,
  anyAgentOutput,
  frameworkOutput,
];
/** Names under which input stands: enough to know that there is some, without reading a megabyte of it. */
const inputNames = [
  'gen_ai.input.messages',
  'ai.prompt.messages',
  'ai.prompt',
  'ai.value',
  'ai.values',
  'gen_ai.prompt',
  'pydantic_ai.all_messages',
  'events',
  'all_messages_events',
  ...frameworkInputs,
];
const inputLists = ['llm.input_messages', 'llm.prompts', 'gen_ai.prompt'];
const inputEventNames =
  /^(?:data\.input|gen_ai\.content\.prompt|gen_ai\.(?:system|user)\.message)$/;

export function hasSpanInput({ attributes, events }: SpanData): boolean {
  return (
    inputNames.some(
      name => hasText(attributes.get(name)) === true && attributes.get(name) !== '[]',
    ) ||
    inputLists.some(name => attributes.hasList(name)) ||
    events.some(
      event =>
        inputEventNames.test(event.name) ||
        (event.name === detailsEvent && event.attributes.has('gen_ai.input.messages')),
    )
  );
}

/** Whether a span that is no call has an output; a call's is read anyway. */
export function hasSpanOutput({ attributes }: SpanData): boolean {
  return (
    frameworkOutputs.some(name => hasText(attributes.get(name)) === true) ||
    attributes.hasList('retrieval.documents')
  );
}

export function readSpanOutput(span: SpanData): readonly Message[] {
  return firstMessages(outputReaders, span);
}

/** The bodies of anything but a tool. */
export function readSpanBodies(span: SpanData): SpanContent {
  return {
    inputMessages: firstMessages(inputReaders, span),
    outputMessages: readSpanOutput(span),
    tools: readToolDefinitions(span),
    params: readSpanParams(span),
  };
}

function firstMessages(readers: readonly BodyReader[], span: SpanData): readonly Message[] {
  for (const read of readers) {
    const messages = read(span);
    if (messages?.some(message => message.parts.length > 0) === true) {
      return messages;
    }
  }
  return [];
}

function readToolDefinitions({ attributes }: SpanData): readonly ToolDefinition[] {
  const whole = attributes.json(
    'gen_ai.tool.definitions',
    'ai.prompt.tools',
    'gen_ai.request.tools',
    'mlflow.chat.tools',
    'model_request_parameters',
  );
  const list = isFields(whole) ? whole['function_tools'] : whole;
  const openInference = attributes
    .list('llm.tools')
    .map(item => decodeJson(item.first('tool.json_schema') ?? item.get('name')));
  const openLlmetry = attributes
    .list('llm.request.functions')
    .map(item => Object.fromEntries(item.startingWith('')));
  return [...(Array.isArray(list) ? list : []), ...openInference, ...openLlmetry].flatMap(tool =>
    toDefinition(decodeJson(tool)),
  );
}

function toDefinition(value: unknown): readonly ToolDefinition[] {
  const tool = isFields(value) && isFields(value['function']) ? value['function'] : value;
  const name = isFields(tool) ? toLabel(tool['name']) : undefined;
  if (!isFields(tool) || name === undefined) {
    return [];
  }
  const description = tool['description'];
  return [
    {
      name,
      description: typeof description === 'string' ? description : undefined,
      parameters: decodeJson(
        tool['parameters'] ??
          tool['input_schema'] ??
          tool['inputSchema'] ??
          tool['parameters_json_schema'],
      ),
    },
  ];
}
