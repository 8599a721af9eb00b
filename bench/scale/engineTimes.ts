import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineThread, startEngine } from '../lib/engineThread';
import { ask, findSituations, listQuestions } from './questions';
import type { Times } from './verdict';

const restMs = 200;
const restingSeconds = 0.02; // CPU time in `restMs` of an engine that has nothing to do in the background

/** Asks the engine all that it can be asked of a folder, as VS Code does. `limit`: CPU seconds a question. */
export async function timeEngine(folder: string, limit: number): Promise<Times> {
  const times = new Map<string, number | undefined>();
  let engine = startEngine();
  const timed = async <Answer>(name: string, work: () => Promise<Answer>) => {
    const before = cpuSeconds();
    const outcome = await within(limit, work());
    times.set(name, outcome && cpuSeconds() - before);
    return outcome?.answer;
  };
  try {
    await timed('open', () => open(engine, folder));
    if (times.get('open') === undefined) {
      return times;
    }
    const situations = await timed('first look', () => findSituations(engine.client, folder));
    await timed('background', rested);
    for (const question of situations ? listQuestions(situations) : []) {
      const name = `${question.method} ${JSON.stringify(question.values).replaceAll(folder, '.').slice(0, 150)}`;
      // what it answers is none of our business, a refusal neither
      await timed(name, () => ask(engine.client, question).catch(String));
      if (times.get(name) === undefined) {
        // it goes on for who knows how long: what is asked next is asked another one
        await engine.end();
        engine = startEngine();
        await within(limit, open(engine, folder));
      }
    }
    return times;
  } finally {
    await engine.end();
  }
}

async function open({ client }: EngineThread, folder: string): Promise<void> {
  await client.addSource({ path: folder });
  await client.whenIdle({});
}

/** Settles when nothing is done in the background any more. */
async function rested(): Promise<void> {
  let before: number;
  do {
    before = cpuSeconds();
    await sleep(restMs);
  } while (cpuSeconds() - before > restingSeconds);
}

/** The answer, unless it takes more CPU time: the machine may be busy with something else. */
async function within<Answer>(
  seconds: number,
  work: Promise<Answer>,
): Promise<{ readonly answer: Answer } | undefined> {
  const end = cpuSeconds() + seconds;
  const answered = work.then(answer => ({ answer }));
  let isLate = false;
  let outcome: { readonly answer: Answer } | undefined;
  while (outcome === undefined && !isLate) {
    outcome = await Promise.race([answered, sleep(restMs, undefined)]);
    isLate = cpuSeconds() > end;
  }
  return outcome;
}

/** Of this process, its engine included, which is a thread of it. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
