// What `npm run bench` runs, bundled by scripts/bench.mjs.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal, root, say, script } from '../scripts/lib/process.mjs';
import { bars } from './bars';
import type { Bar, Size } from './lib/bar';
import { describeLoad, describeMachine } from './lib/machine';
import { mergeReports } from './lib/mergeReport';
import {
  barText,
  isComparableHead,
  type Measured,
  reportMarkdown,
  sizeText,
  summaryText,
} from './lib/report';

const usage =
  'npm run bench -- [--full] [--only NUMBER]… [--rounds NUMBER] [--write FILE]; without --full the data is small, and start-up weighs more than the bars allow for';

function choose(wanted: readonly string[]): readonly Bar[] {
  const unknown = wanted.filter(each => !bars.some(({ number }) => String(number) === each));
  if (unknown.length > 0) {
    const known = bars.map(({ number, title }) => `${number} ${title}`).join('\n  ');
    throw new Refusal(`no such bar: ${unknown.join(', ')}; there are\n  ${known}\n${usage}`);
  }
  return bars.filter(({ number }) => wanted.length === 0 || wanted.includes(String(number)));
}

function sizeOf(isFull: boolean, rounds: number): Size {
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Refusal(`--rounds is a whole number from 1\n${usage}`);
  }
  return isFull
    ? {
        isFull,
        contentMegabytes: 1024,
        smallRecords: 1_000_000,
        watchedFiles: 10_000,
        bursts: 1000,
        rounds,
      }
    : {
        isFull,
        contentMegabytes: 64,
        smallRecords: 100_000,
        watchedFiles: 200,
        bursts: 100,
        rounds,
      };
}

async function measure(bar: Bar, size: Size): Promise<Measured> {
  say(`bar ${bar.number}: ${bar.title} (load ${describeLoad()})`);
  try {
    return { bar, outcome: await bar.measure(size) };
  } catch (error) {
    // one that breaks takes no other with it; the report says so
    console.error(error);
    return { bar, outcome: error instanceof Error ? error.message : String(error) };
  }
}

await script(async () => {
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '6' },
      write: { type: 'string' },
    },
  });
  const chosen = choose(values.only);
  const size = sizeOf(values.full, Number(values.rounds));
  const machine = describeMachine();
  console.log(`${machine}\n${sizeText(size)}\n`);
  const all: Measured[] = [];
  for (const bar of chosen) {
    const measured = await measure(bar, size);
    all.push(measured);
    console.log(barText(measured));
  }
  console.log(summaryText(all));
  if (values.write !== undefined) {
    const date = new Date().toISOString().slice(0, 10);
    const file = path.resolve(root, values.write);
    const fresh = reportMarkdown(all, { machine, date, size });
    const older = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    fs.writeFileSync(file, mergeReports(older, fresh, isComparableHead));
    say(`written to ${path.relative(root, file)}`);
  }
  const failures = all.flatMap(({ outcome }) =>
    typeof outcome === 'string' ? [outcome] : (outcome.failures ?? []),
  );
  failures.forEach(failure => say(`WRONG: ${failure}`));
  // a browser or a server of a bar may still be there
  process.exit(failures.length > 0 ? 1 : 0);
});
