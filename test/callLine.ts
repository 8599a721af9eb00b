import { randomUUID } from 'node:crypto';

/** A line of an LLM logger: a call that ends now, with the question in it; `more` replaces fields. */
export function callLine(question: string, more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({
    request_id: randomUUID(),
    timestamp: new Date().toISOString().slice(0, -1),
    model: 'gpt-4o-mini',
    provider: 'openai',
    operation: 'completion',
    messages: [{ role: 'user', content: question }],
    prompt_tokens: 21,
    completion_tokens: 8,
    finish_reason: 'stop',
    latency_ms: 420,
    tags: { trace_id: randomUUID(), span_id: '0a1b2c3d' },
    ...more,
  })}\n`;
}
