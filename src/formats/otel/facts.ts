import { toDurationMs } from '../fields/duration';
import { readTags } from '../fields/tags';
import { isFields, ownKeys, toLabel, toNumber } from '../fields/values';
import { type Attributes, decodeJson } from './attributes';
import { type SpanData } from './spanData';

const models = [
  'gen_ai.response.model',
  'ai.response.model',
  'llm.model_name',
  'embedding.model_name',
  'gen_ai.request.model',
  'ai.model.id',
  'llm.response.model',
  'llm.request.model',
  'mlflow.llm.model',
  'langfuse.observation.model.name',
];
const providers = [
  'gen_ai.provider.name',
  'gen_ai.system',
  'llm.provider',
  'llm.system',
  'ai.model.provider',
  'mlflow.llm.provider',
  'az.ai.provider',
  'llm.vendor',
];
const sessions = [
  'session.id',
  'gen_ai.conversation.id',
  'copilot_chat.chat_session_id',
  'copilot_chat.session_id',
  'langfuse.session.id',
  'langwatch.thread.id',
  'langsmith.trace.session_id',
  'ai.telemetry.metadata.sessionId',
  'ai.telemetry.metadata.session_id',
  'ai.telemetry.metadata.threadId',
  'ai.telemetry.metadata.conversationId',
  'traceloop.association.properties.session_id',
  'traceloop.association.properties.thread_id',
  'traceloop.association.properties.conversation_id',
  'traceloop.association.properties.chat_id',
  'scope.agentic.session',
  'gcp.vertex.agent.session_id',
];
const users = [
  'user.id',
  'enduser.id',
  'langfuse.user.id',
  'langwatch.user.id',
  'ai.telemetry.metadata.userId',
  'ai.telemetry.metadata.user_id',
  'traceloop.association.properties.user_id',
  'gen_ai.request.user',
  'llm.user',
];
const finishReasons = [
  'gen_ai.response.finish_reasons',
  'gen_ai.response.finish_reason',
  'ai.response.finishReason',
  'llm.finish_reason',
  'llm.response.finish_reason',
  'llm.response.stop_reason',
  'stop_reason',
  'gen_ai.completion.0.finish_reason',
];
/** Attributes whose every entry under this beginning is a tag of the user's own. */
const tagPrefixes = [
  'ai.telemetry.metadata.',
  'traceloop.association.properties.',
  'langfuse.trace.metadata.',
];
const paramPrefixes = ['gen_ai.request.', 'ai.settings.'];
const notParams: ReadonlySet<string> = new Set(['model', 'id', 'user', 'messages']);
const openLlmetryParams = [
  'temperature',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
];

/** The answering model when request and response differ. */
export function readModelName({ attributes, name, events }: SpanData): string | undefined {
  return (
    attributes.label(...models) ??
    readEntity(attributes, 'model.') ??
    bodyModel(attributes) ??
    haystackModel(attributes) ??
    (name.startsWith('claude_code.') || name === 'session_task.turn'
      ? attributes.label('model')
      : undefined) ??
    events.find(event => event.name === 'metadata')?.attributes.label('model', 'model_name')
  );
}

export function readProvider(span: SpanData): string | undefined {
  const { attributes } = span;
  return (
    attributes.label(...providers) ??
    (attributes.label('entity.1.type')?.startsWith('inference') === true
      ? attributes.label('entity.1.provider_name')
      : undefined) ??
    (span.name.startsWith('claude_code.') ? 'anthropic' : undefined) ??
    (span.name === 'session_task.turn' || /^codex[_-]/.test(span.scope ?? '')
      ? 'openai'
      : undefined)
  );
}

export function readSession({ attributes, resource, name }: SpanData): string | undefined {
  return (
    attributes.label(...sessions) ??
    (name === 'session_task.turn' ? attributes.label('thread.id') : undefined) ??
    metadataLabel(attributes, 'session_id', 'thread_id', 'conversation_id') ??
    resource.label('session.id', 'gen_ai.conversation.id')
  );
}

export function readUser({ attributes, resource }: SpanData): string | undefined {
  return (
    attributes.label(...users) ??
    metadataLabel(attributes, 'user_id') ??
    resource.label('user.id', 'enduser.id')
  );
}

export function readFinishReason({ attributes, events }: SpanData): string | undefined {
  for (const name of finishReasons) {
    const value = attributes.json(name);
    const reason = toLabel(Array.isArray(value) ? value[0] : value);
    if (reason !== undefined) {
      return reason;
    }
  }
  const event = events.findLast(
    ({ name }) => name === 'gen_ai.choice' || name === 'metadata',
  )?.attributes;
  return event?.label('finish_reason');
}

/** Time to the first token, in milliseconds. The conventions have seconds, programs of their own milliseconds. */
export function readFirstToken({ attributes }: SpanData): number | undefined {
  const seconds = attributes.amount(
    'gen_ai.response.time_to_first_chunk',
    'gen_ai.server.time_to_first_token',
  );
  const milliseconds =
    seconds === undefined
      ? attributes.amount(
          'copilot_chat.time_to_first_token',
          'ai.response.msToFirstChunk',
          'ai.stream.msToFirstChunk',
          'ttft_ms',
        )
      : seconds * 1e3;
  return toDurationMs(milliseconds);
}

/** US dollars. */
export function readLoggedCost({ attributes }: SpanData): number | undefined {
  const total = attributes.amount('llm.cost.total', 'gen_ai.usage.cost', 'gen_ai.usage.total_cost');
  if (total !== undefined) {
    return total;
  }
  const cost = attributes.json('mlflow.llm.cost', 'langfuse.observation.cost_details');
  const sum = isFields(cost) ? toNumber(cost['total_cost'] ?? cost['total']) : undefined;
  if (sum !== undefined && sum >= 0) {
    return sum;
  }
  const input = attributes.amount('gen_ai.usage.input_cost', 'llm.cost.prompt', 'cost_prompt');
  const output = attributes.amount(
    'gen_ai.usage.output_cost',
    'llm.cost.completion',
    'cost_completion',
  );
  return input === undefined || output === undefined ? undefined : input + output;
}

/** Short values to filter by: the service, and what the program attached itself. */
export function readSpanTags({
  attributes,
  resource,
}: SpanData): Readonly<Record<string, string>> | undefined {
  const own = tagPrefixes.flatMap(prefix => [...attributes.startingWith(prefix)]);
  const service = resource.get('service.name');
  const entries = service === undefined ? own : [['service.name', service] as const, ...own];
  const agent = attributes.get('gen_ai.agent.name');
  const all = agent === undefined ? entries : [...entries, ['gen_ai.agent.name', agent] as const];
  return all.length === 0 ? undefined : readTags({ tags: ownKeys(all) });
}

/** Parameters of the request as logged. */
export function readSpanParams({ attributes }: SpanData): Readonly<Record<string, unknown>> {
  const prefixed = paramPrefixes
    .flatMap(prefix => [...attributes.startingWith(prefix)])
    .filter(([name]) => !notParams.has(name) && !name.includes('.'));
  const llm = openLlmetryParams.flatMap(name => {
    const value = attributes.get(`llm.${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  const invocation = attributes.json(
    'llm.invocation_parameters',
    'langfuse.observation.model.parameters',
  );
  const invoked = isFields(invocation)
    ? Object.entries(invocation).filter(([name]) => !notParams.has(name) && name !== 'tools')
    : [];
  return ownKeys([...invoked, ...llm, ...prefixed]);
}

/** OpenInference keeps the program's own fields in one attribute, as JSON text. */
function metadataLabel(attributes: Attributes, ...names: readonly string[]): string | undefined {
  const metadata = attributes.has('metadata') ? decodeJson(attributes.get('metadata')) : undefined;
  if (!isFields(metadata)) {
    return undefined;
  }
  return names.map(name => toLabel(metadata[name])).find(label => label !== undefined);
}

/** Name of the entity whose type begins so; Monocle numbers what takes part in a span. */
export function readEntity(attributes: Attributes, type: string): string | undefined {
  const entity =
    attributes.has('entity.1.type') || attributes.has('entity.2.type')
      ? attributes.list('entity').find(item => item.label('type')?.startsWith(type) === true)
      : undefined;
  return entity?.label('name');
}

/** MLflow's spans may name the model only in the response or the request. */
function bodyModel(attributes: Attributes): string | undefined {
  const bodies = ['mlflow.spanOutputs', 'mlflow.spanInputs'].map(name => attributes.json(name));
  return bodies
    .map(body => (isFields(body) ? toLabel(body['model']) : undefined))
    .find(model => model !== undefined);
}

function haystackModel(attributes: Attributes): string | undefined {
  const output = attributes.json('haystack.component.output');
  const text = isFields(output) ? output['replies'] : undefined;
  const [reply]: readonly unknown[] = Array.isArray(text) ? text : [];
  if (!isFields(reply)) {
    return undefined;
  }
  const meta = reply['meta'] ?? reply['_meta'];
  return isFields(meta) ? toLabel(meta['model']) : undefined;
}
