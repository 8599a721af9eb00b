const silenceMs = 50; // after a question: until then another one is likely, as a panel asks several

/** When somebody has asked something. */
export class Questions {
  #last = Number.NEGATIVE_INFINITY;

  note(): void {
    this.#last = performance.now();
  }

  /** A moment ago: whoever has asked may be asking more. */
  get isAsked(): boolean {
    return performance.now() < this.#last + silenceMs;
  }
}
