/** CPU seconds of each question, by its words; undefined: it did not end within the limit. */
export type Times = ReadonlyMap<string, number | undefined>;

/** CPU time that two sizes of a log took to answer a question, seconds; undefined: not within the limit. */
export interface Measured {
  readonly log: string;
  readonly growth: string;
  readonly question: string;
  readonly small: number | undefined;
  readonly large: number | undefined;
}

export interface Bounds {
  /** How many times as large the large log is. */
  readonly factor: number;
  /** What is answered faster than this is start-up, not reading; CPU seconds. */
  readonly floor: number;
  /** How much more than in proportion is too much: garbage is collected more often in a larger heap. */
  readonly tolerance: number;
}

/** Whether a question takes more than in proportion on the larger log. What took too long on the small one has no proportion, and is. */
export function growsTooFast({ small, large }: Measured, bounds: Bounds): boolean {
  if (small === undefined || large === undefined) {
    return true;
  }
  // below the floor a time says nothing, so the small one counts for what it may have been at least
  return large > bounds.floor && ratioOf(small, large, bounds) > bounds.factor * bounds.tolerance;
}

/** How many times as long the large log took; a small one that took next to nothing counts as a share of the floor. */
function ratioOf(small: number, large: number, { factor, floor }: Bounds): number {
  return large / Math.max(small, floor / factor);
}

/** One line: whether it stands out, the ratio, the time of the large log, what was asked of what. */
export function verdictLine(measured: Measured, bounds: Bounds): string {
  const { log, growth, question, small, large } = measured;
  const ratio =
    small === undefined || large === undefined
      ? 'no end'
      : `${ratioOf(small, large, bounds).toFixed(1)} x`;
  const mark = growsTooFast(measured, bounds) ? '>' : ' ';
  const seconds = large === undefined ? '' : `${large.toFixed(2)} s`;
  return [mark, ratio.padStart(8), seconds.padStart(8), growth.padEnd(7), question, log].join('  ');
}

/** What both sizes were asked: a question that only one of them has (a kind of finding) has no ratio. */
export function joinTimes(
  { log, growth }: Pick<Measured, 'log' | 'growth'>,
  small: Times,
  large: Times,
): readonly Measured[] {
  return [...large].flatMap(([question, seconds]) =>
    small.has(question)
      ? [{ log, growth, question, small: small.get(question), large: seconds }]
      : [],
  );
}
