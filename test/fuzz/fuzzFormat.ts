import type { JsonFormat, LogFormat, TextFormat } from '../../src/formats/format';
import { formats } from '../../src/formats/index';
import { mutateJson } from './mutateJson';
import { mutateText } from './mutateText';
import { Random } from './random';
import { assertCleanPrototypes, assertContent, exhaustReading } from './sane';

/** A record whose reading takes longer holds up everything behind it. Milliseconds. */
const maxReadMs = 1000;
const context = { fileName: 'unknown' };

export interface FuzzOptions {
  readonly seed: string;
  /** Number of the first run; a run is told again by seed and number. */
  readonly first: number;
  readonly runs: number;
}

export interface FuzzReport {
  readonly runs: number;
  /** Mutated records that the format still claimed. */
  readonly claimed: number;
  /** Milliseconds. */
  readonly slowest: number;
}

/** Reads records of a format with faults in them. Throws at the first that is not borne, saying how to see it again. */
export function fuzzFormat(
  format: LogFormat,
  records: readonly unknown[],
  others: readonly unknown[],
  { seed, first, runs }: FuzzOptions,
): FuzzReport {
  let claimed = 0;
  let slowest = 0;
  for (let run = first; run < first + runs; run++) {
    const random = new Random(seed, format.id, run);
    const mutated =
      format.container === 'json'
        ? mutateJson(random.pick(records), random, random.below(2) === 0 ? records : others)
        : mutateText(String(random.pick(records)), random, records.map(String));
    try {
      const read = (): boolean =>
        format.container === 'json'
          ? readJson(format, mutated, random, records)
          : readText(format, String(mutated));
      const started = performance.now();
      claimed += read() ? 1 : 0;
      let took = performance.now() - started;
      if (took > maxReadMs) {
        // the machine may have been busy with something else
        const again = performance.now();
        read();
        took = Math.min(took, performance.now() - again);
      }
      slowest = Math.max(slowest, took);
      if (took > maxReadMs) {
        throw new Error(`took ${Math.round(took)} ms`);
      }
      assertCleanPrototypes();
    } catch (cause) {
      const shown = (JSON.stringify(mutated) ?? 'undefined').slice(0, 1500);
      const reason = cause instanceof Error ? cause.message : String(cause);
      const again = `npm run fuzz -- --seed ${seed} --format ${format.id} --run ${run}`;
      throw new Error(`${format.id}: ${reason}\n  ${shown}\n  again: ${again}`, { cause });
    }
  }
  return { runs, claimed, slowest };
}

function readJson(
  format: JsonFormat,
  mutated: unknown,
  random: Random,
  records: readonly unknown[],
): boolean {
  const claims = formats.filter(
    each => each.container === 'json' && each.matches(mutated, context),
  );
  const contents = exhaustReading(format.read(mutated, context));
  if (format.joinPieces && contents.length > 0) {
    assertContent(format.joinPieces([...contents, ...contents]));
  }
  const reader = format.open?.(context);
  if (reader) {
    for (const record of [random.pick(records), mutated, random.pick(records), mutated]) {
      reader.matches?.(record);
      exhaustReading(reader.read(record));
    }
  }
  return claims.includes(format);
}

function readText(format: TextFormat, text: string): boolean {
  const roleOf = format.createFramer();
  const roles = text.split('\n').map(line => roleOf(line));
  const reading = format.read(text, context);
  if (reading) {
    exhaustReading(reading);
  }
  return roles.includes('start');
}
