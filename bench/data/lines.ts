import type { Random } from '../../test/fuzz/random';
import type { LoggedCall } from './calls';
import { chance, fraction, hex, logNormal } from './draw';
import type { Texts } from './prose';

/** A key and its value, which is JSON already. */
export type Member = readonly [key: string, json: string];

export function joinMembers(members: readonly Member[]): string {
  return `{${members.map(([key, json]) => `"${key}":${json}`).join(',')}}`;
}

function identity(random: Random, call: LoggedCall): readonly Member[] {
  return [
    ['id', `"call-${hex(random, 12)}"`],
    ['timestamp', `"${new Date(call.time).toISOString()}"`],
    ['trace_id', `"${call.traceId}"`],
    ['span_id', `"${call.spanId}"`],
    ['parent_span_id', call.parentId === undefined ? 'null' : `"${call.parentId}"`],
    ['name', `"${call.name}"`],
    ['model', `"${call.model}"`],
  ];
}

/** What a logger knows only when the answer is there, and so writes last. */
function outcome(call: LoggedCall): readonly Member[] {
  const { inputTokens, outputTokens, latencyMs, error, sessionId } = call;
  const usage = {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
  return [
    ['usage', JSON.stringify(usage)],
    ['latency_ms', String(latencyMs)],
    ['status', error ? '"error"' : '"ok"'],
    ['error', error ? JSON.stringify(error) : 'null'],
    ['session_id', `"${sessionId}"`],
  ];
}

/** A record without content, some 370 bytes. */
export function smallMembers(random: Random, call: LoggedCall): readonly Member[] {
  return [...identity(random, call), ...outcome(call)];
}

const minContent = 2000; // characters
const maxContent = 40_000;
const medianContent = 6300;
// parameters of a tool, named like the fields that a reader looks for
const offeredTools =
  '[{"type":"function","function":{"name":"find_order","parameters":{"type":"object","properties":{"model":{"type":"string"},"usage":{"type":"object"},"error":{"type":"null"}}}}}]';

/** A record with prompt and answer, 2 to 42 kB; `marker` is a word that stands nowhere else. */
export function contentMembers(
  random: Random,
  call: LoggedCall,
  texts: Texts,
  marker: string | undefined,
): readonly Member[] {
  const length = Math.min(maxContent, Math.max(minContent, logNormal(random, medianContent, 0.75)));
  const count = 1 + random.below(4);
  const asked = Array.from({ length: count }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: texts.text(random, (length * 0.7) / count - 250),
  }));
  const messages = [
    { role: 'system', content: texts.text(random, 200) },
    ...asked,
    ...(marker === undefined ? [] : [{ role: 'user', content: `Where is ${marker}?` }]),
  ].map(({ role, content }) => `{"role":"${role}","content":"${content}"}`);
  const request: Member[] = [
    ['temperature', String(Math.round(fraction(random) * 10) / 10)],
    ['messages', `[${messages.join(',')}]`],
    ...(chance(random, 0.3) ? [['tools', offeredTools] satisfies Member] : []),
  ];
  const response: Member[] = [
    ['role', '"assistant"'],
    ['content', `"${texts.text(random, length * 0.2)}"`],
    ['finish_reason', '"stop"'],
  ];
  return [
    ...identity(random, call),
    ['request', joinMembers(request)],
    ['response', call.error ? 'null' : joinMembers(response)],
    ...outcome(call),
  ];
}
