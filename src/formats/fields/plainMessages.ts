import { at, type Fields, isFields, parseJson, toLabel, toText } from './values';

/** Levels that are looked through: `{input: {messages: [[message]]}}`. */
const maxDepth = 6;
/** Where frameworks keep messages inside something else. */
const wrappers = [
  'messages',
  'message',
  'contents',
  'content',
  'input',
  'inputs',
  'output',
  'outputs',
  'prompt',
  'prompts',
  'generations',
  'candidates',
  'choices',
  'chat_history',
  'delta',
];
/** What classes of messages call the roles, without "Message" and "Chunk". */
const roleOfClass: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['user', 'user'],
  ['ai', 'assistant'],
  ['assistant', 'assistant'],
  ['system', 'system'],
  ['developer', 'developer'],
  ['tool', 'tool'],
  ['function', 'tool'],
  ['functionexecutionresult', 'tool'],
]);

/**
 * The same value with every message in it in plain words (`role`, `content`, `tool_calls`), whichever framework wrote it:
 * LangChain (serialized, as data, or as a class name in `type`), LlamaIndex blocks, AutoGen, Semantic Kernel events, the AI
 * SDK's bare tool calls, Gemini contents.
 */
export function plainMessages(value: unknown, depth = 0): unknown {
  if (depth > maxDepth) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(item => plainMessages(item, depth + 1));
  }
  if (!isFields(value)) {
    return value;
  }
  const message = plainMessage(value);
  if (message !== undefined) {
    return message;
  }
  const found = wrappers.filter(key => typeof value[key] === 'object' && value[key] !== null);
  if (found.length === 0) {
    return value;
  }
  const changed = found.map(key => [key, plainMessages(value[key], depth + 1)] as const);
  return { ...value, ...Object.fromEntries(changed) };
}

function plainMessage(value: Fields): Fields | undefined {
  return (
    serialized(value) ??
    semanticKernelEvent(value) ??
    bareToolCall(value) ??
    toolResults(value) ??
    llamaIndex(value) ??
    classNamed(value) ??
    geminiContent(value) ??
    camelCase(value)
  );
}

/** LangChain's `{lc: 1, type: "constructor", id: [..., "AIMessage"], kwargs}`. */
function serialized(value: Fields): Fields | undefined {
  const { id, kwargs } = value;
  if (value['type'] !== 'constructor' || !Array.isArray(id) || !isFields(kwargs)) {
    return undefined;
  }
  return withRole(kwargs, roleOf(id.at(-1)));
}

/** Semantic Kernel keeps the message as JSON text of an event. */
function semanticKernelEvent(value: Fields): Fields | undefined {
  const text = value['gen_ai.event.content'];
  const event = typeof text === 'string' ? parseJson(text) : undefined;
  if (!isFields(event)) {
    return undefined;
  }
  const message = isFields(event['message']) ? event['message'] : event;
  const role = message['role'] ?? value['role'];
  return { ...message, role: typeof role === 'string' ? role.toLowerCase() : undefined };
}

/** The AI SDK answers with its tool calls alone. */
function bareToolCall(value: Fields): Fields | undefined {
  return typeof value['toolName'] === 'string' && value['type'] === undefined
    ? { ...value, type: 'result' in value ? 'tool-result' : 'tool-call' }
    : undefined;
}

/** The AI SDK's message of a tool holds results in its content, each with the value one level deeper. */
function toolResults(value: Fields): Fields | undefined {
  const { content } = value;
  const isOfResults =
    value['role'] === 'tool' &&
    Array.isArray(content) &&
    content.some(part => isFields(part) && part['type'] === 'tool-result');
  if (!isOfResults) {
    return undefined;
  }
  const parts = content.filter(isFields).map(part => {
    const { output } = part;
    const isWrapped = isFields(output) && 'value' in output && 'type' in output;
    return {
      ...part,
      name: part['toolName'],
      output: isWrapped ? output['value'] : output,
      isError: isWrapped && toText(output['type']).startsWith('error') ? true : part['isError'],
    };
  });
  return { role: 'tool', parts };
}

function llamaIndex(value: Fields): Fields | undefined {
  const { blocks } = value;
  if (!Array.isArray(blocks) || typeof value['role'] !== 'string') {
    return undefined;
  }
  const content = blocks.map(block =>
    isFields(block) ? { ...block, type: block['type'] ?? block['block_type'] } : block,
  );
  return withRole({ ...value, content }, value['role'].toLowerCase());
}

/** LangChain's and AutoGen's messages say in `type` what they are; `{type, data}` is LangChain's stored form. */
function classNamed(value: Fields): Fields | undefined {
  const role = value['role'] === undefined ? roleOf(value['type']) : undefined;
  if (role === undefined) {
    return undefined;
  }
  const data = isFields(value['data']) ? value['data'] : value;
  return 'content' in data || 'tool_calls' in data ? withRole(data, role) : undefined;
}

/** `{content: {role, parts}}`: Google's ADK, and candidates of Gemini. */
function geminiContent(value: Fields): Fields | undefined {
  const { content } = value;
  return isFields(content) && Array.isArray(content['parts'])
    ? { ...content, role: content['role'] ?? value['role'] ?? 'assistant' }
    : undefined;
}

function camelCase(value: Fields): Fields | undefined {
  return typeof value['role'] === 'string' &&
    Array.isArray(value['toolCalls']) &&
    value['tool_calls'] === undefined
    ? { ...value, tool_calls: value['toolCalls'] }
    : undefined;
}

function withRole(message: Fields, role: string | undefined): Fields {
  const kwargs = isFields(message['additional_kwargs']) ? message['additional_kwargs'] : {};
  const { content } = message;
  const calls = nonEmpty(message['tool_calls']) ?? nonEmpty(kwargs['tool_calls']);
  const parts = Array.isArray(content) ? content.map(autogenPart) : content;
  return {
    role: toLabel(message['role']) ?? role,
    name: message['name'],
    // the calls stand in `tool_calls` again
    content:
      calls !== undefined && Array.isArray(parts)
        ? parts.filter(part => at(isFields(part) ? part : {}, ['type']) !== 'tool_use')
        : parts,
    reasoning_content: message['reasoning_content'] ?? kwargs['reasoning_content'],
    tool_calls: calls,
    function_call: message['function_call'] ?? kwargs['function_call'],
    tool_call_id: message['tool_call_id'],
    refusal: message['refusal'] ?? kwargs['refusal'],
    is_error: message['status'] === 'error' ? true : undefined,
  };
}

/** AutoGen's calls and results have no type: `{id, name, arguments}` and `{call_id, content, is_error}`. */
function autogenPart(part: unknown): unknown {
  if (!isFields(part) || part['type'] !== undefined) {
    return part;
  }
  if (typeof part['arguments'] === 'string' && typeof part['name'] === 'string') {
    return { ...part, type: 'tool_call' };
  }
  return typeof part['call_id'] === 'string' && 'content' in part
    ? { ...part, type: 'tool_result' }
    : part;
}

function roleOf(name: unknown): string | undefined {
  return typeof name === 'string' && name.length <= 60
    ? roleOfClass.get(name.replace(/(?:Message)?(?:Chunk)?$/, '').toLowerCase())
    : undefined;
}

function nonEmpty(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value : undefined;
}
