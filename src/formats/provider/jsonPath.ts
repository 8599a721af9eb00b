import { isFields, ownKeys } from '../fields/values';

/** Steps of a path and elements of a list that a stream of arguments can reach; beyond is no argument of a tool. */
const maxSteps = 32;
const maxIndex = 10_000;

/** Changes what lies at a path such as `$.days[0].city`, in a copy; makes what is missing on the way. */
export function setAtPath(
  target: unknown,
  path: string,
  change: (known: unknown) => unknown,
): unknown {
  const steps = (path.slice(0, 1000).match(/[^.[\]'"$]+/g) ?? []).slice(0, maxSteps);
  return setAt(target, steps, change);
}

function setAt(
  target: unknown,
  [step, ...rest]: readonly string[],
  change: (known: unknown) => unknown,
): unknown {
  if (step === undefined) {
    return change(target);
  }
  const index = /^\d{1,5}$/.test(step) ? Number(step) : undefined;
  if (index !== undefined && index <= maxIndex && !isFields(target)) {
    const list: unknown[] = Array.isArray(target) ? [...target] : [];
    list[index] = setAt(list[index], rest, change);
    return list;
  }
  const fields = isFields(target) ? target : {};
  const value = setAt(Object.hasOwn(fields, step) ? fields[step] : undefined, rest, change);
  return ownKeys([...Object.entries(fields), [step, value]]);
}
