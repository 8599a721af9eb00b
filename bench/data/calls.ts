import type { Random } from '../../test/fuzz/random';
import { chance, fraction, hex, logNormal } from './draw';

/** One call of a made-up app, as its logger knows it. */
export interface LoggedCall {
  /** Epoch ms. */
  readonly time: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly sessionId: string;
  readonly name: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly latencyMs: number;
  readonly error: { readonly type: string; readonly message: string } | undefined;
}

const names = ['answer', 'plan', 'lookup', 'rank', 'summarise', 'judge', 'route', 'chat'];
/** Each as often as its share of this list. */
const models = [
  ...Array<string>(5).fill('gpt-4o-2024-11-20'),
  ...Array<string>(4).fill('gpt-4o-mini'),
  ...Array<string>(4).fill('claude-sonnet-4-5'),
  ...Array<string>(2).fill('claude-haiku-4-5'),
  ...Array<string>(2).fill('gemini-2.5-pro'),
  'o3-mini',
  'mistral-large-2411',
  'llama-3.3-70b-instruct',
];
const errors = [
  { type: 'rate_limit_error', message: 'HTTP 429: "Too Many Requests", try again in 20s' },
  { type: 'timeout', message: 'The request timed out after 60 s' },
  { type: 'server_error', message: '502 Bad Gateway\n<html>\\…</html>' },
  {
    type: 'invalid_request_error',
    message: "maximum context length is 128000 tokens – yours's 131072",
  },
];
const errorShare = 0.03;
const openTraces = 8; // that are under way at the same time
const meanTraceCalls = 6;
const maxTraceCalls = 30;

interface OpenTrace {
  readonly id: string;
  readonly sessionId: string;
  rootId: string | undefined;
  left: number;
}

/** Calls in the order of time; those of several traces take turns. */
export class CallSource {
  readonly #random: Random;
  readonly #open: OpenTrace[] = [];
  #time = Date.UTC(2026, 8, 1);

  constructor(random: Random) {
    this.#random = random;
  }

  next(): LoggedCall {
    const random = this.#random;
    const trace = this.#nextTrace();
    const spanId = hex(random, 16);
    const parentId = trace.rootId;
    trace.rootId ??= spanId;
    const failed = chance(random, errorShare);
    // never at the same moment: a call in the time of its child is taken for a framework's span around it, and not counted
    this.#time += 1 + random.below(4000);
    return {
      time: this.#time,
      traceId: trace.id,
      spanId,
      parentId,
      sessionId: trace.sessionId,
      name: random.pick(names),
      model: random.pick(models),
      inputTokens: 40 + Math.floor(logNormal(random, 650, 1.1)),
      outputTokens: failed ? 0 : 1 + Math.floor(logNormal(random, 150, 1)),
      latencyMs: Math.round(logNormal(random, 1100, 0.8) * 10) / 10,
      error: failed ? random.pick(errors) : undefined,
    };
  }

  #nextTrace(): OpenTrace {
    const random = this.#random;
    while (this.#open.length < openTraces) {
      const calls = 1 + Math.floor(-Math.log(1 - fraction(random)) * meanTraceCalls);
      this.#open.push({
        id: hex(random, 32),
        sessionId: `session-${hex(random, 8)}`,
        rootId: undefined,
        left: Math.min(maxTraceCalls, calls),
      });
    }
    const trace = random.pick(this.#open);
    trace.left--;
    if (trace.left === 0) {
      this.#open.splice(this.#open.indexOf(trace), 1);
    }
    return trace;
  }
}
