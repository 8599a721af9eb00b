import type { Attributes } from '../attributes';

/** A log record as OpenTelemetry has it, out of any of its encodings. Times epoch ms, ids lower-case hex. */
export interface LogData {
  readonly eventName?: string | undefined;
  readonly scope?: string | undefined;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly time?: number | undefined;
  readonly body: unknown;
  readonly attributes: Attributes;
  readonly resource: Attributes;
}
