import type { Usage } from '../../model/usage';
import { readUsage, readUsageObject } from '../fields/usage';
import { at, isFields, toCount } from '../fields/values';
import { type Attributes, decodeJson } from './attributes';
import { type SpanData } from './spanData';

/** Where a dialect keeps its figures. Within a list the first that is there wins. */
interface UsageNames {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly cacheRead: readonly string[];
  readonly cacheCreation: readonly string[];
  readonly reasoning: readonly string[];
  readonly total: readonly string[];
  /** Whether the input leaves cached tokens out, as Anthropic's own figures do. */
  readonly isExclusive?: boolean;
}

const openInference: UsageNames = {
  input: ['llm.token_count.prompt'],
  output: ['llm.token_count.completion'],
  cacheRead: [
    'llm.token_count.prompt_details.cache_read',
    'llm.token_count.prompt_details.cache_input',
  ],
  cacheCreation: ['llm.token_count.prompt_details.cache_write'],
  reasoning: ['llm.token_count.completion_details.reasoning'],
  total: ['llm.token_count.total'],
};

const vercel: UsageNames = {
  input: ['ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.tokens'],
  output: ['ai.usage.outputTokens', 'ai.usage.completionTokens'],
  cacheRead: ['ai.usage.inputTokenDetails.cacheReadTokens', 'ai.usage.cachedInputTokens'],
  cacheCreation: ['ai.usage.inputTokenDetails.cacheWriteTokens'],
  reasoning: ['ai.usage.outputTokenDetails.reasoningTokens', 'ai.usage.reasoningTokens'],
  total: ['ai.usage.totalTokens'],
};

const genAi: UsageNames = {
  input: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.usage.prompt_tokens'],
  output: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.usage.completion_tokens',
  ],
  cacheRead: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.details.cache_read_tokens',
    'gen_ai.usage.details.cache_read_input_tokens',
    'gen_ai.usage.details.cached_tokens',
    'gen_ai.usage.cached_input_tokens',
    'gen_ai.usage.cached_tokens',
    'gen_ai.usage.input_tokens.cached',
    'gen_ai.usage.prompt_tokens_details.cached_tokens',
  ],
  cacheCreation: [
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_write_input_tokens',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.details.cache_creation_input_tokens',
    'gen_ai.usage.input_tokens.cache_write',
  ],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'gen_ai.usage.details.reasoning_tokens',
    'gen_ai.usage.completion_tokens_details.reasoning_tokens',
    'codex.usage.reasoning_output_tokens',
  ],
  total: ['gen_ai.usage.total_tokens', 'llm.usage.total_tokens'],
};

/** Claude Code's own spans and events. */
export const claudeCodeUsage: UsageNames = {
  input: ['input_tokens'],
  output: ['output_tokens'],
  cacheRead: ['cache_read_tokens'],
  cacheCreation: ['cache_creation_tokens'],
  reasoning: [],
  total: [],
  isExclusive: true,
};

const codexTurn: UsageNames = {
  input: ['codex.turn.token_usage.input_tokens'],
  output: ['codex.turn.token_usage.output_tokens'],
  cacheRead: ['codex.turn.token_usage.cached_input_tokens'],
  cacheCreation: ['codex.turn.token_usage.cache_write_input_tokens'],
  reasoning: ['codex.turn.token_usage.reasoning_output_tokens'],
  total: ['codex.turn.token_usage.total_tokens'],
};

/** Attributes that hold an object of figures, or JSON text of one. */
const objects = [
  'mlflow.chat.tokenUsage',
  'langfuse.observation.usage_details',
  'langwatch.metrics',
];

/** Tokens that a span says it used; the dialect that splits them most finely is asked first. */
export function readSpanUsage(span: SpanData): Usage | undefined {
  const { attributes } = span;
  if (span.name.startsWith('claude_code.')) {
    return readNamedUsage(attributes, claudeCodeUsage);
  }
  return (
    readNamedUsage(attributes, openInference) ??
    vercelUsage(attributes) ??
    readNamedUsage(attributes, genAi) ??
    readNamedUsage(attributes, codexTurn) ??
    firstObject(span) ??
    haystackUsage(attributes)
  );
}

export function readNamedUsage(attributes: Attributes, names: UsageNames): Usage | undefined {
  const input = attributes.count(...names.input);
  const output = attributes.count(...names.output);
  const total = attributes.count(...names.total);
  if (input === undefined && output === undefined && total === undefined) {
    return undefined;
  }
  const cacheRead = attributes.count(...names.cacheRead);
  const cacheCreation = attributes.count(...names.cacheCreation);
  const cached = (cacheRead ?? 0) + (cacheCreation ?? 0);
  // more cached than all input is only possible when the input leaves the cached tokens out
  const isExclusive = input !== undefined && (names.isExclusive === true || cached > input);
  return {
    inputTokens: isExclusive ? input + cached : input,
    outputTokens: output,
    cacheReadInputTokens: cacheRead,
    cacheCreationInputTokens: cacheCreation,
    reasoningOutputTokens: attributes.count(...names.reasoning),
    totalTokens: input !== undefined && output !== undefined ? undefined : total,
  };
}

/** Before version 6 the SDK passed Anthropic's input on as it was: what the provider said beside it tells. */
function vercelUsage(attributes: Attributes): Usage | undefined {
  const usage = readNamedUsage(attributes, vercel);
  const provided = attributes.json('ai.response.providerMetadata');
  const raw = isFields(provided) ? at(provided, ['anthropic', 'usage']) : undefined;
  const anthropic = isFields(raw) ? readUsageObject(raw) : undefined;
  if (usage === undefined || anthropic === undefined) {
    return usage;
  }
  const isPassedOn =
    usage.inputTokens !== undefined &&
    isFields(raw) &&
    usage.inputTokens === toCount(raw['input_tokens']);
  return {
    ...usage,
    inputTokens: isPassedOn ? anthropic.inputTokens : usage.inputTokens,
    cacheReadInputTokens: usage.cacheReadInputTokens ?? anthropic.cacheReadInputTokens,
    cacheCreationInputTokens: usage.cacheCreationInputTokens ?? anthropic.cacheCreationInputTokens,
  };
}

function firstObject({ attributes, events }: SpanData): Usage | undefined {
  for (const name of objects) {
    const usage = readUsageObject(attributes.json(name));
    if (usage !== undefined) {
      return usage;
    }
  }
  const response = attributes.json('mlflow.spanOutputs');
  const answered = isFields(response) ? readUsage(response) : undefined;
  if (answered !== undefined) {
    return answered;
  }
  // Monocle puts them into an event
  const metadata = events.find(event => event.name === 'metadata')?.attributes;
  return metadata && readUsageObject(Object.fromEntries(metadata.startingWith('')));
}

function haystackUsage(attributes: Attributes): Usage | undefined {
  const output = decodeJson(attributes.get('haystack.component.output'));
  const replies = isFields(output) ? (output['replies'] ?? output['meta']) : undefined;
  const [reply]: readonly unknown[] = Array.isArray(replies) ? replies : [];
  if (!isFields(reply)) {
    return undefined;
  }
  return readUsageObject(
    at(reply, ['meta', 'usage']) ?? at(reply, ['_meta', 'usage']) ?? reply['usage'],
  );
}
