import type { Message, ToolDefinition } from '../../model/message';
import type { SpanError, SpanStatus } from '../../model/span';
import type { Usage } from '../../model/usage';

/** What the body of a provider's response says. Times epoch ms, durations ms, costs US dollars. */
export interface ResponseFacts {
  readonly kind: 'call' | 'embedding';
  /** The operation, in the words of OpenTelemetry: `chat`, `text_completion`, `embeddings`. */
  readonly name: string;
  /** The provider's id of the response. */
  readonly id?: string | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly startTime?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly usage?: Usage | undefined;
  readonly costUsd?: number | undefined;
  readonly status: SpanStatus;
  readonly finishReason?: string | undefined;
  readonly error?: SpanError | undefined;
  readonly messages: readonly Message[];
  /** What the provider repeats of the request (OpenAI's Responses API). */
  readonly request?: RequestFacts | undefined;
}

/** What the body of a request says. */
export interface RequestFacts {
  readonly kind: 'call' | 'embedding';
  readonly name: string;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly userId?: string | undefined;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  readonly params: Readonly<Record<string, unknown>>;
}
