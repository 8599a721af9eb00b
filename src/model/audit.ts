import type { SourceRef } from './source';

/** One line of an audit log: who did what, when. Not a span. `timestamp` is epoch ms. */
export interface AuditFields {
  readonly timestamp?: number | undefined;
  readonly action: string;
  readonly userId?: string | undefined;
  readonly resource?: string | undefined;
  readonly contentHash?: string | undefined;
  readonly details?: unknown;
}

export interface AuditEntry extends AuditFields {
  readonly source: SourceRef;
}
