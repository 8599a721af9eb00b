/** Work on many spans that stops after each few of them: others may have their turn before it goes on. */
export type Steps<Result = void> = Generator<void, Result>;

/** Spans, a millisecond of most work. */
export const stepSize = 256;

/** Whether a step ends with the thing at this place of a list. */
export function endsStep(at: number): boolean {
  return at % stepSize === stepSize - 1;
}

/** Does all that is left in one go. */
export function finish<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) {
    step = steps.next();
  }
  return step.value;
}
