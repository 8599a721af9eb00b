/**
 * Tokens of one call, normalised: `inputTokens` always includes cached input and cache writes, `outputTokens` always
 * includes reasoning. A field is undefined when the log does not say: unknown is never 0.
 */
export interface Usage {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly cacheReadInputTokens?: number | undefined;
  readonly cacheCreationInputTokens?: number | undefined;
  readonly reasoningOutputTokens?: number | undefined;
  /** Only when the log has one figure for input and output together. */
  readonly totalTokens?: number | undefined;
}
