// npm run demo -- FOLDER: keeps appending plausible calls to FOLDER, as a small app with an LLM logger would.
// With --history N it writes N requests of the last hours at once and ends; that made test/workspaces/demo.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeRequest } from './lib/demo-calls.mjs';
import { Refusal, script } from './lib/process.mjs';

/**
 * @param {string} folder
 * @param {import('./lib/demo-calls.mjs').DemoStep} step
 * @param {Date} time
 */
function write(folder, step, time) {
  const written = step.write(time);
  if ('line' in written) {
    fs.appendFileSync(path.join(folder, 'llm.jsonl'), `${written.line}\n`);
  } else {
    fs.writeFileSync(path.join(folder, written.fileName), written.text);
  }
}

/** @param {string} folder @param {number} count */
function writeHistory(folder, count) {
  let time = Date.now() - count * 10 * 60_000;
  for (let turn = 0; turn < count; turn++) {
    for (const step of makeRequest(turn, Math.random)) {
      time += step.afterMs;
      write(folder, step, new Date(time));
    }
    time += (3 + Math.random() * 12) * 60_000;
  }
}

/** Never returns. @param {string} folder */
async function writeLive(folder) {
  for (let turn = 1; ; turn++) {
    for (const step of makeRequest(turn, Math.random)) {
      await sleep(step.afterMs);
      write(folder, step, new Date());
    }
    await sleep(1000 + Math.random() * 2000);
  }
}

await script(async () => {
  const { values, positionals } = parseArgs({
    options: { history: { type: 'string' } },
    allowPositionals: true,
  });
  const [given] = positionals;
  if (given === undefined) {
    throw new Refusal('which folder? npm run demo -- FOLDER');
  }
  const folder = path.resolve(process.env['INIT_CWD'] ?? '.', given);
  if (!fs.existsSync(folder)) {
    throw new Refusal(`there is no folder ${folder}`);
  }
  if (values.history === undefined) {
    await writeLive(folder);
  } else {
    writeHistory(folder, Number(values.history));
  }
});
