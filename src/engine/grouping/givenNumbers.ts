import { FreeNumbers, type NumberRun } from '../store/freeNumbers';

export interface GivenNumbersState {
  /** As `FreeNumbers` save it. */
  readonly free: readonly number[];
  readonly numbers: number;
  readonly count: number;
}

/** Numbers from 1. One that was taken back is given again, but not before everybody was told of that. */
export class GivenNumbers {
  #returned: number[] = [];
  #returnedRuns: readonly NumberRun[] = [];
  readonly #free = new FreeNumbers();
  #highest = 0;
  #count = 0;

  save(): GivenNumbersState {
    return { free: this.#free.save(), numbers: this.#highest, count: this.#count };
  }

  /** Only while none is given. */
  restore({ free, numbers, count }: GivenNumbersState): void {
    this.#free.restore(free);
    this.#highest = numbers;
    this.#count = count;
  }

  /** No number above this one was ever given. */
  get highest(): number {
    return this.#highest;
  }

  /** Of numbers that are given now. */
  get count(): number {
    return this.#count;
  }

  give(): number {
    this.#count++;
    return this.#free.take() ?? ++this.#highest;
  }

  takeBack(number: number): void {
    this.#returned.push(number);
    this.#count--;
  }

  takeBackRuns(runs: readonly NumberRun[]): void {
    this.#returnedRuns = [...this.#returnedRuns, ...runs];
    this.#count -= runs.reduce((sum, { count }) => sum + count, 0);
  }

  /** Everybody was told which numbers were taken back. */
  freeReturned(): void {
    this.#free.add(this.#returned, this.#returnedRuns);
    this.#returned = [];
    this.#returnedRuns = [];
  }
}
