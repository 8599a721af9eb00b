/** How a cost came about, to be shown beside it. */
export interface CostDetail {
  readonly usd: number;
  readonly source: 'log' | 'computed';
  readonly parts: readonly {
    readonly label: string;
    readonly tokens: number;
    readonly usdPerMillion: number;
    readonly usd: number;
  }[];
  /** Model and provider whose price was taken. */
  readonly pricedAs?: string | undefined;
  /** Which price list: its ISO day when it has one, else its name and version. */
  readonly pricesOf?: string | undefined;
  /** What had to be assumed: "if nothing was cached". */
  readonly assumption?: string | undefined;
  /** The computed cost when the log states another. */
  readonly computedUsd?: number | undefined;
}
