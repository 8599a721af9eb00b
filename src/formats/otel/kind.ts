import type { SpanKind } from '../../model/span';
import { type SpanData } from './spanData';

/** Says the kind of a span, or nothing when the span is not in its dialect. */
type KindReader = (span: SpanData) => SpanKind | undefined;

const tables: ReadonlyMap<string, ReadonlyMap<string, SpanKind>> = new Map([
  [
    'openinference.span.kind',
    kinds(`llm=call embedding=embedding tool=tool agent=agent retriever=retrieval reranker=retrieval
      chain=chain guardrail=chain evaluator=chain prompt=chain unknown=chain`),
  ],
  [
    'mlflow.spanType',
    kinds(`chat_model=call llm=call embedding=embedding tool=tool agent=agent retriever=retrieval
      reranker=retrieval chain=chain parser=chain workflow=chain task=chain`),
  ],
  [
    'langfuse.observation.type',
    kinds(`generation=call embedding=embedding tool=tool agent=agent retriever=retrieval span=chain
      chain=chain event=event evaluator=chain guardrail=chain`),
  ],
  [
    'langwatch.span.type',
    kinds('llm=call tool=tool agent=agent rag=retrieval chain=chain workflow=chain module=chain'),
  ],
  [
    'langsmith.span.kind',
    kinds('llm=call embedding=embedding tool=tool retriever=retrieval chain=chain prompt=chain'),
  ],
  [
    'gen_ai.operation.name',
    kinds(`chat=call text_completion=call generate_content=call completion=call completions=call
      chat.completions=call text.completions=call streaming_chat=call generate=call generate_text=call
      generate_object=call message=call messages=call responses=call response=call inference=call call_llm=call
      llm_call=call image_generation=call embeddings=embedding embedding=embedding embed=embedding
      execute_tool=tool tool=tool tool_call=tool invoke_agent=agent create_agent=agent invoke_workflow=agent
      agent_call=agent agent=agent retrieval=retrieval retrieve=retrieval rerank=retrieval
      content_event=event`),
  ],
  ['llm.request.type', kinds('chat=call completion=call embedding=embedding rerank=retrieval')],
  ['traceloop.span.kind', kinds('workflow=chain task=chain agent=agent tool=tool')],
  [
    'agentops.span.kind',
    kinds('llm=call agent=agent tool=tool workflow=chain task=chain session=chain operation=chain'),
  ],
]);

/** Spans of a program's own that have a name instead of an attribute. */
const named: ReadonlyMap<string, SpanKind> = new Map([
  ['claude_code.llm_request', 'call'],
  ['claude_code.tool', 'tool'],
  ['claude_code.interaction', 'agent'],
  ['session_task.turn', 'agent'],
]);

/** The most specific first: a span that was made by two instrumentations is what the one that knows its framework says. */
const readers: readonly KindReader[] = [
  byName,
  bySpecificAttribute,
  vercelKind,
  monocleKind,
  byGenAiAttribute,
  haystackKind,
  codexKind,
  guess,
];

/** What a span is; `chain` for everything that only stands between others, such as a handler or an HTTP request. */
export function kindOf(span: SpanData): SpanKind {
  for (const read of readers) {
    const kind = read(span);
    if (kind !== undefined) {
      return kind;
    }
  }
  return 'chain';
}

function byName(span: SpanData): SpanKind | undefined {
  const kind = named.get(span.name);
  // the span of a turn sums up its requests, which are spans beside it, unless it was logged alone
  return kind === 'agent' && span.isAlone === true && span.attributes.has('model') ? 'call' : kind;
}

function bySpecificAttribute(span: SpanData): SpanKind | undefined {
  return byTable(
    span,
    'openinference.span.kind',
    'mlflow.spanType',
    'langfuse.observation.type',
    'langwatch.span.type',
    'langsmith.span.kind',
  );
}

function byGenAiAttribute(span: SpanData): SpanKind | undefined {
  return byTable(
    span,
    'gen_ai.operation.name',
    'llm.request.type',
    'traceloop.span.kind',
    'agentops.span.kind',
  );
}

function byTable(span: SpanData, ...names: readonly string[]): SpanKind | undefined {
  for (const name of names) {
    const value = span.attributes.label(name)?.toLowerCase().replaceAll('"', '');
    const kind = value === undefined ? undefined : tables.get(name)?.get(value);
    if (kind !== undefined) {
      return kind;
    }
  }
  return undefined;
}

/** Of the AI SDK's spans only the inner ones are requests; those around them repeat their figures. */
function vercelKind({ name, attributes }: SpanData): SpanKind | undefined {
  const operation = attributes.label('ai.operationId', 'operation.name') ?? name;
  if (!operation.startsWith('ai.')) {
    return undefined;
  }
  const [id = ''] = operation.split(' ');
  if (/\.do(?:Generate|Stream)$/.test(id)) {
    return 'call';
  }
  if (id.endsWith('.doEmbed')) {
    return 'embedding';
  }
  if (id === 'ai.toolCall') {
    return 'tool';
  }
  return /^ai\.(?:generate|stream)/.test(id) ? 'agent' : 'chain';
}

function monocleKind({ attributes }: SpanData): SpanKind | undefined {
  const type = attributes.label('span.type');
  if (type === undefined) {
    return undefined;
  }
  if (type === 'inference' || type === 'inference.framework' || type === 'llm_request') {
    return 'call';
  }
  if (type === 'agentic.tool.invocation' || type === 'agentic.mcp.invocation' || type === 'tool') {
    return 'tool';
  }
  if (type.startsWith('agentic.') || type === 'interaction') {
    return 'agent';
  }
  if (/^(?:retrieval\.)?embedding/.test(type)) {
    return 'embedding';
  }
  if (type.startsWith('retrieval')) {
    return 'retrieval';
  }
  // the HTTP request inside an inference has a type of its own
  return /^(?:inference|workflow|http)/.test(type) ? 'chain' : undefined;
}

function haystackKind({ attributes }: SpanData): SpanKind | undefined {
  const type = attributes.label('haystack.component.type') ?? '';
  if (type.endsWith('Generator')) {
    return 'call';
  }
  if (type.endsWith('Embedder')) {
    return 'embedding';
  }
  return type.endsWith('Retriever') ? 'retrieval' : undefined;
}

/** Codex has a span an event of the stream; the one with the tokens of the response stands for the request. */
function codexKind({ scope, attributes }: SpanData): SpanKind | undefined {
  const isResponse = attributes.has('gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens');
  return scope !== undefined && /^codex[_-]/.test(scope) && isResponse ? 'call' : undefined;
}

/** No dialect names the kind, but the span has a model and what only a model's answer brings. */
function guess({ attributes }: SpanData): SpanKind | undefined {
  const hasModel = attributes.has(
    'gen_ai.request.model',
    'gen_ai.response.model',
    'llm.model_name',
  );
  if (!hasModel) {
    return attributes.has('gen_ai.tool.name') ? 'tool' : undefined;
  }
  const hasAnswer =
    attributes.has(
      'gen_ai.usage.input_tokens',
      'gen_ai.usage.output_tokens',
      'gen_ai.usage.prompt_tokens',
      'gen_ai.usage.completion_tokens',
      'gen_ai.response.id',
      'gen_ai.response.model',
      'gen_ai.response.finish_reasons',
      'gen_ai.output.messages',
      'llm.token_count.total',
      'gcp.vertex.agent.llm_response',
      'error.type',
    ) ||
    attributes.hasList('gen_ai.prompt') ||
    attributes.hasList('gen_ai.completion');
  return hasAnswer ? 'call' : undefined;
}

/** Reads `llm=call tool=tool`. */
function kinds(table: string): ReadonlyMap<string, SpanKind> {
  return new Map(
    table
      .trim()
      .split(/\s+/)
      .map(entry => {
        const [name = '', kind = ''] = entry.split('=');
        // the tables above are ours
        return [name, kind as SpanKind];
      }),
  );
}
