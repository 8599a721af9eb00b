/** Everything done for one request at the top. Sums are over its calls; times epoch ms. */
export interface Trace {
  readonly key: string;
  /** The id in the log; absent when the trace was inferred. */
  readonly traceId?: string | undefined;
  /** Put together by us, not by an id in the log. */
  readonly inferred: boolean;
  /** First words of the user, or what is known without text: "3 calls to gpt-4o". */
  readonly name: string;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly startTime?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly spans: number;
  readonly calls: number;
  readonly errors: number;
  /** Something failed and all of it was made good: sent again with success, or a tool's failure after which a call went well. */
  readonly recovered: boolean;
  readonly running: boolean;
  readonly models: readonly string[];
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly cacheReadInputTokens?: number | undefined;
  readonly reasoningOutputTokens?: number | undefined;
  readonly costUsd?: number | undefined;
  /** Calls without a known price; the cost is then a lower bound. */
  readonly unpricedCalls: number;
  /** The most actionable error, for labels. */
  readonly leadingError?:
    | { readonly category: string; readonly title: string; readonly spanKey: string }
    | undefined;
  readonly hasContent: boolean;
  readonly files: readonly {
    readonly file: string;
    /** undefined as long as what stands before its records was not read. */
    readonly firstLine: number | undefined;
    readonly lastLine: number | undefined;
  }[];
}

/** Which lines of a file a trace stands in, as people say it after the name: `:12-20`; empty while they are unknown. */
export function linesLabel({ firstLine, lastLine }: Trace['files'][number]): string {
  if (firstLine === undefined) {
    return '';
  }
  return firstLine === lastLine ? `:${firstLine}` : `:${firstLine}-${lastLine}`;
}
