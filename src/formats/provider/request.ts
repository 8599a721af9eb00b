import type { Message, ToolDefinition } from '../../model/message';
import { isEmbeddingModel } from '../fields/kind';
import { readMessages } from '../fields/messages';
import { type Fields, firstOf, isFields, ownKeys, paths, toLabel } from '../fields/values';
import type { RequestFacts } from './facts';
import { objectsIn } from './joined';

/** Everything in a request that is no parameter: shown elsewhere, or about the sender. */
const bodyNames = new Set(
  `model modelId messages input contents prompt system instructions systemInstruction system_instruction preamble
  message chat_history tools toolConfig functions user user_id requests id object created_at completed_at status error
  output usage incomplete_details billing background previous_response_id content_filters`.split(
    /\s+/,
  ),
);
const modelPaths = paths('model modelId model_id');
const userPaths = paths('user user_id metadata.user_id safety_identifier');
const systemPaths = paths(
  'system instructions systemInstruction system_instruction config.systemInstruction preamble',
);
const messagePaths = paths('messages input contents prompt message texts content inputs');
const toolPaths = paths('tools toolConfig.tools functions config.tools');
const toolName = paths('function.name toolSpec.name name type');
const toolDescription = paths('function.description toolSpec.description description');
const toolParameters =
  paths(`function.parameters toolSpec.inputSchema.json parameters input_schema inputSchema
  parametersJsonSchema`);
/** Objects of nothing but parameters, shown as if they stood beside the others. */
const containers = new Set(['generationConfig', 'generation_config', 'inferenceConfig', 'options']);

/** The body of a request to any provider: chat, responses, messages, generateContent, converse, embeddings. */
export function readRequestBody(body: Fields): RequestFacts {
  const model = firstOf(body, modelPaths, toLabel);
  const isEmbedding = isEmbeddingModel(model) || 'encoding_format' in body || 'input_type' in body;
  return {
    kind: isEmbedding ? 'embedding' : 'call',
    name: isEmbedding ? 'embeddings' : 'chat',
    model: model?.replace(/^models\//, ''),
    userId: firstOf(body, userPaths, toLabel),
    messages: readInput(body),
    tools: readTools(body),
    params: readParams(body),
  };
}

function readInput(body: Fields): readonly Message[] {
  const input = firstOf(body, messagePaths, value => value);
  const history = readMessages(body['chat_history']);
  const messages = [...history, ...readMessages(input)];
  const system = firstOf(body, systemPaths, value => (value === '' ? undefined : value));
  return system === undefined
    ? messages
    : [
        { role: 'system', parts: readMessages(system, 'system').flatMap(({ parts }) => parts) },
        ...messages,
      ];
}

function readTools(body: Fields): readonly ToolDefinition[] {
  const list = firstOf(body, toolPaths, value => (Array.isArray(value) ? value : undefined));
  return objectsIn(list)
    .flatMap(tool => declarationsIn(tool) ?? [tool])
    .map(tool => ({
      name: firstOf(tool, toolName, toLabel) ?? 'unnamed tool',
      description: firstOf(tool, toolDescription, value =>
        typeof value === 'string' ? value : undefined,
      ),
      parameters: firstOf(tool, toolParameters, value => value),
    }));
}

/** Gemini lists its functions within one tool; its own tools are keys: `{"googleSearch": {}}`. */
function declarationsIn(tool: Fields): readonly Fields[] | undefined {
  const declared = tool['functionDeclarations'] ?? tool['function_declarations'];
  if (Array.isArray(declared)) {
    return objectsIn(declared);
  }
  const [only, ...others] = Object.keys(tool);
  const isOwn =
    only !== undefined && others.length === 0 && isFields(tool[only]) && only !== 'toolSpec';
  return isOwn ? [{ name: only }] : undefined;
}

function readParams(body: Fields): Readonly<Record<string, unknown>> {
  return ownKeys(
    Object.entries(body).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
      if (value === null || value === undefined || bodyNames.has(key)) {
        return [];
      }
      return containers.has(key) && isFields(value) ? Object.entries(value) : [entryOf(key, value)];
    }),
  );
}

function entryOf(key: string, value: unknown): readonly [string, unknown] {
  return [key, value];
}

/** Names of parameters that an API of any provider has: a record of nothing else is a request, not a log of a call. */
const requestNames = new Set(
  `model modelId messages input contents prompt system instructions systemInstruction system_instruction preamble message
  chat_history tools toolConfig tool_config functions function_call user metadata temperature top_p topP top_k topK min_p
  max_tokens max_completion_tokens max_output_tokens maxTokens stop stop_sequences stopSequences stream stream_options n
  seed frequency_penalty presence_penalty repetition_penalty logit_bias logprobs top_logprobs response_format tool_choice
  parallel_tool_calls reasoning reasoning_effort thinking store service_tier modalities audio prediction
  web_search_options verbosity text include truncation previous_response_id conversation background max_tool_calls
  prompt_cache_key prompt_cache_retention safety_identifier anthropic_version anthropic_beta container
  context_management mcp_servers output_config output_format betas generationConfig generation_config
  safetySettings safety_settings cachedContent cached_content labels inferenceConfig additionalModelRequestFields
  additionalModelResponseFieldPaths guardrailConfig performanceConfig requestMetadata promptVariables options format
  keep_alive think template raw suffix images context echo best_of encoding_format dimensions input_type
  embedding_types texts truncate safety_mode documents citation_options connectors search_queries_only provider
  transforms models route plugins usage extra_body extra_headers chat_template_kwargs enable_thinking
  random_seed safe_prompt guided_json citations p k strict_tools cache_control speed effort`.split(
    /\s+/,
  ),
);

/** Names that a log of a call has, too, for texts: in a request they are objects. */
const objectNames = ['text', 'reasoning', 'audio', 'provider', 'prediction', 'user_location'];

/** Whether a JSON value is a request to a provider and nothing else. */
export function isRequestBody(value: unknown): value is Fields {
  if (!isFields(value) || !Object.keys(value).every(key => requestNames.has(key))) {
    return false;
  }
  const isAnswered =
    objectNames.some(key => typeof value[key] === 'string') || isCounted(value['usage']);
  return !isAnswered && looksLikeRequest(value);
}

/** OpenRouter's `usage` asks for the tokens: `{"include": true}`. */
function isCounted(usage: unknown): boolean {
  return usage !== undefined && !(isFields(usage) && 'include' in usage);
}

/** Whether an object that is known to be a request is one to a model. */
export function looksLikeRequest(body: Fields): boolean {
  const model = firstOf(body, modelPaths, toLabel);
  const { messages, input, prompt, contents } = body;
  if (objectsIn(contents).some(item => Array.isArray(item['parts']) || 'role' in item)) {
    return true;
  }
  if (objectsIn(messages).some(item => 'role' in item)) {
    return model !== undefined || isFields(body['inferenceConfig']) || 'anthropic_version' in body;
  }
  const isText = [input, prompt].some(
    value =>
      (typeof value === 'string' && value !== '') || (Array.isArray(value) && value.length > 0),
  );
  return model !== undefined && isText;
}
