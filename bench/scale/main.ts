// What `npm run scale` runs, bundled by scripts/scale.mjs.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal, root, say, script } from '../../scripts/lib/process.mjs';
import { timeCommands } from './commandTimes';
import { timeEngine } from './engineTimes';
import { listSeeds, type Seed, writeGrown } from './grow';
import { type Growth, growths } from './varied';
import { type Bounds, growsTooFast, joinTimes, type Times, verdictLine } from './verdict';

const withoutLogs = new Set(['golden', 'mapping']);

await script(async () => {
  const { values } = parseArgs({
    options: {
      bytes: { type: 'string', default: '2000000' },
      factor: { type: 'string', default: '4' },
      limit: { type: 'string', default: '20' },
      only: { type: 'string', default: '' },
      from: { type: 'string', default: '' },
      kind: { type: 'string' },
      growth: { type: 'string' },
      part: { type: 'string', default: '1/1' },
      ask: { type: 'string', default: 'engine,commands' },
      all: { type: 'boolean', default: false },
    },
  });
  const bounds: Bounds = { factor: Number(values.factor), floor: 0.6, tolerance: 1.5 };
  const limit = Number(values.limit);
  const bytes = Number(values.bytes);
  const [part = 1, parts = 1] = values.part.split('/').map(Number);
  const seeds = listSeeds(path.join(root, 'test/fixtures'), withoutLogs)
    .filter(({ name }) => name >= values.from)
    .filter(({ name, kind }) => name.includes(values.only) && (values.kind ?? kind) === kind)
    .filter((_, index) => index % parts === part - 1);
  if (seeds.length === 0) {
    throw new Refusal(`no fixture has ${values.only} in its name`);
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-scale-'));
  process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
  const time = async (seed: Seed, growth: Growth, bytes: number): Promise<Times> => {
    fs.rmSync(scratch, { recursive: true, force: true });
    writeGrown(seed, growth, bytes, scratch);
    const engine = values.ask.includes('engine') ? await timeEngine(scratch, limit) : undefined;
    const commands = values.ask.includes('commands') ? await timeCommands(scratch, limit) : [];
    return new Map([...(engine ?? []), ...commands]);
  };
  let asked = 0;
  let standingOut = 0;
  for (const seed of seeds) {
    for (const growth of growths.filter(each => (values.growth ?? each) === each)) {
      say(`${seed.name} ${growth}`);
      const small = await time(seed, growth, bytes / bounds.factor);
      const large = await time(seed, growth, bytes);
      const all = joinTimes({ log: seed.name, growth }, small, large);
      const shown = all.filter(each => values.all || growsTooFast(each, bounds));
      shown.forEach(each => console.log(verdictLine(each, bounds)));
      asked += all.length;
      standingOut += all.filter(each => growsTooFast(each, bounds)).length;
    }
  }
  console.log(`${asked} questions, ${standingOut} of them take more than in proportion`);
});
