import path from 'node:path';
import { Random } from '../../test/fuzz/random';
import { CallSource } from './calls';
import { chance } from './draw';
import { spoil } from './faults';
import { LineFile } from './lineFile';
import { contentMembers, joinMembers, smallMembers, type Member } from './lines';
import { Texts } from './prose';
import { Tally, type Totals } from './totals';

/** Of a log without content: as a logger writes it; keys of each record in another order; without any broken line. */
export type SmallVariant = 'plain' | 'shuffled' | 'unbroken';

const faultShare = 0.001;
const contentFiles = 4;
const markerShare = 0.004;
const markerCount = 16;

/** Words to be searched for; each stands in a few records and nowhere else. */
export const markers: readonly string[] = Array.from(
  { length: markerCount },
  (_, index) => `quagga-${String(index + 10)}`,
);

/** Once in a while a record becomes a line that is none. */
const isSpoiled = (random: Random) => chance(random, faultShare);

function writeFault(
  file: LineFile,
  tally: Tally,
  members: readonly Member[],
  random: Random,
): void {
  const fault = spoil(joinMembers(members), random);
  tally.fault(fault.kind);
  file.write(fault.line);
}

/** Writes `calls.jsonl` into the folder: records without content. */
export function writeSmallLog(
  folder: string,
  lines: number,
  variant: SmallVariant,
  seed: string,
): Totals {
  const random = new Random(seed, 'small');
  // on its own, so that the calls are the same as without it
  const order = new Random(seed, 'order');
  const calls = new CallSource(random);
  const tally = new Tally();
  const file = new LineFile(path.join(folder, 'calls.jsonl'));
  for (let index = 0; index < lines; index++) {
    const call = calls.next();
    const members = smallMembers(random, call);
    const ordered = variant === 'shuffled' ? order.shuffled(members) : members;
    if (isSpoiled(random) && variant !== 'unbroken') {
      writeFault(file, tally, ordered, random);
    } else {
      tally.record(call);
      file.write(joinMembers(ordered));
    }
  }
  file.close();
  tally.bytes = file.bytes;
  return tally.totals();
}

/** Of a log with content: as a logger writes it; without any broken line. */
export type ContentVariant = Exclude<SmallVariant, 'shuffled'>;

/** Writes `calls-1.jsonl` to `calls-4.jsonl` into the folder: records with prompts and answers, so many bytes in all. */
export function writeContentLog(
  folder: string,
  bytes: number,
  variant: ContentVariant,
  seed: string,
): Totals {
  const random = new Random(seed, 'content');
  const texts = new Texts(new Random(seed, 'texts'));
  const calls = new CallSource(random);
  const tally = new Tally();
  for (let index = 1; index <= contentFiles; index++) {
    const file = new LineFile(path.join(folder, `calls-${index}.jsonl`));
    while (file.size < bytes / contentFiles) {
      const call = calls.next();
      if (isSpoiled(random) && variant !== 'unbroken') {
        writeFault(file, tally, contentMembers(random, call, texts, undefined), random);
        continue;
      }
      const marker = chance(random, markerShare) ? random.pick(markers) : undefined;
      tally.record(call, marker);
      file.write(joinMembers(contentMembers(random, call, texts, marker)));
    }
    file.close();
    tally.bytes += file.bytes;
  }
  return tally.totals();
}
