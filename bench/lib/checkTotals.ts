import type { Totals } from '../data/totals';

/** What a tool counted; what it cannot count is not there. */
export type Counted = Readonly<Partial<Record<CountName, number>>>;

const counts = [
  'lines',
  'records',
  'invalid',
  'errors',
  'inputTokens',
  'outputTokens',
  'traces',
  'models',
] as const;
const percentiles = ['p50', 'p95', 'p99'] as const;
type CountName = (typeof counts)[number] | (typeof percentiles)[number];

const tolerance = 1e-9; // relative: a latency may have been kept as another kind of number, never as another number

/** Where a tool is wrong: `records: 999,024 instead of 999,029`. Empty: all that it counted is true. */
export function wrongTotals(counted: Counted, expected: Totals): readonly string[] {
  if (Object.keys(counted).length === 0) {
    return ['nothing was counted'];
  }
  const wrongCounts = counts.flatMap(name => {
    const value = counted[name];
    return value === undefined || value === expected[name]
      ? []
      : [say(name, value, expected[name])];
  });
  const wrongPercentiles = percentiles.flatMap(name => {
    const value = counted[name];
    const right = expected.latency[name];
    const isRight = value === undefined || right.some(each => isSame(value, each));
    return isRight ? [] : [say(name, value, right[1])];
  });
  return [...wrongCounts, ...wrongPercentiles];
}

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= tolerance * Math.abs(other);
}

function say(name: string, value: number, right: number): string {
  const show = (figure: number) => figure.toLocaleString('en-US');
  return `${name}: ${show(value)} instead of ${show(right)}`;
}

/** What `callsight stats --json` says, and what `getStats` gives. */
export function countedByStats(stats: unknown): Counted {
  const latency = property(stats, 'latency');
  const models = property(stats, 'models');
  return numbersOf({
    records: property(stats, 'records'),
    invalid: property(stats, 'skippedRecords'),
    errors: property(stats, 'errors'),
    inputTokens: property(stats, 'inputTokens'),
    outputTokens: property(stats, 'outputTokens'),
    traces: property(stats, 'traces'),
    models: Array.isArray(models) ? models.length : Number.NaN,
    p50: property(latency, 'p50Ms'),
    p95: property(latency, 'p95Ms'),
    p99: property(latency, 'p99Ms'),
  });
}

/** What a baseline printed: the names of the totals, with numbers. */
export function countedByBaseline(output: string): Counted {
  const printed: unknown = JSON.parse(output);
  const names = [...counts, ...percentiles].filter(name => property(printed, name) !== undefined);
  return numbersOf(Object.fromEntries(names.map(name => [name, property(printed, name)])));
}

/** What is no number is not right, so it becomes one that is equal to nothing. */
function numbersOf(values: Readonly<Partial<Record<CountName, unknown>>>): Counted {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : Number.NaN,
    ]),
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
