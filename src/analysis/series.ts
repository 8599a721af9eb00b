/** One value: `at` in epoch ms, `lane` is the number of the earlier values that it belongs with (a session, a trace). */
export interface Sample {
  /** Of whatever it is the value of. */
  readonly id: number;
  readonly at: number;
  readonly lane: number;
  readonly value: number;
}

/** Samples in columns: there may be millions of them, and no object is kept of any. */
export class Series {
  readonly ids: number[] = [];
  readonly times: number[] = [];
  readonly lanes: number[] = [];
  readonly values: number[] = [];
  #isInOrder = true;

  add({ id, at, lane, value }: Sample): void {
    this.#isInOrder &&= at >= (this.times.at(-1) ?? at);
    this.ids.push(id);
    this.times.push(at);
    this.lanes.push(lane);
    this.values.push(value);
  }

  /** Places in the order of time, those of one time as they came. Most logs are in order. */
  inOrder(): Iterable<number> {
    const { times } = this;
    return this.#isInOrder
      ? times.keys()
      : [...times.keys()].sort((one, other) => (times[one] ?? 0) - (times[other] ?? 0));
  }
}
