import { mock } from 'node:test';

const slicesEndAfterMs = 5;

/**
 * How often others had their turn in the thread meanwhile, if every look at the clock says that time is over. `takeTurn` is done in each of these
 * turns.
 */
export async function turnsDuring(
  work: () => Promise<unknown>,
  takeTurn: () => void = () => {},
): Promise<number> {
  let now = performance.now();
  const clock = mock.method(performance, 'now', () => (now += slicesEndAfterMs));
  let turns = 0;
  let isDone = false;
  const goOn = () => {
    if (!isDone) {
      turns++;
      takeTurn();
      setImmediate(goOn);
    }
  };
  setImmediate(goOn);
  try {
    await work();
  } finally {
    isDone = true;
    clock.mock.restore();
  }
  return turns;
}
