/** What `callsight stats` prints, in its own order; unknown sums are null. Percentiles: sorted[floor(n·p)]. */
export interface Stats {
  readonly records: number;
  readonly skippedRecords: number;
  readonly auditEntries: number;
  readonly calls: number;
  readonly toolCalls: number;
  readonly traces: number;
  readonly sessions: number;
  readonly models: readonly string[];
  readonly inputTokens: number | null;
  readonly cacheReadInputTokens: number | null;
  readonly outputTokens: number | null;
  readonly errors: number;
  readonly firstUserText: string | null;
  readonly lastAssistantText: string | null;
  readonly totalRequests: number;
  readonly avgInputTokens: number | null;
  readonly avgOutputTokens: number | null;
  readonly latency: LatencyStats | null;
  readonly errorRate: number | null;
  readonly errorsByType: Readonly<Record<string, number>>;
  readonly errorsByCategory: Readonly<Record<string, number>>;
  readonly byModel: Readonly<Record<string, ModelStats>>;
  readonly costUsd: number | null;
  readonly unpricedCalls: number;
}

/** Over the calls whose duration is known. */
export interface LatencyStats {
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface ModelStats {
  readonly count: number;
  readonly tokens: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
  readonly errors: number;
  readonly p95Ms: number | null;
}
