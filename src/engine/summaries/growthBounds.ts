/** From when on a trace that grows is not looked at anew each time; numbers of spans. A test gives smaller ones. */
export interface GrowthBounds {
  /** What a trace of more has been, is remembered. */
  readonly watched: number;
  /** At its end, that are added up again each time, since what comes is nearly always near the end; twice as many before they are settled. */
  readonly loose: number;
  /** The same of a trace to which spans came further from its end. */
  readonly maxLoose: number;
  /** Of all traces but the one that was asked for last, which are kept in memory. */
  readonly kept: number;
  /** What a trace of more adds to a group is taken from its summary. */
  readonly shared: number;
  /** A trace of more is made ready in slices before anything is asked of it. */
  readonly sliced: number;
  /** Of all traces that are kept until a question that they were made ready for is answered. */
  readonly held: number;
}

export const growthBounds: GrowthBounds = {
  watched: 1000,
  loose: 1000,
  maxLoose: 16_000,
  kept: 50_000,
  shared: 10_000,
  sliced: 2000,
  held: 600_000,
};
