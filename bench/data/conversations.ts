import fs from 'node:fs';
import path from 'node:path';
import { Random } from '../../test/fuzz/random';
import { CallSource } from './calls';
import { chance, hex } from './draw';
import { Texts } from './prose';

const cutShare = 0.005; // of files whose writer died half way
const ageMs = 24 * 60 * 60 * 1000; // of the files: nobody writes to them any more

/** What is true of a folder of conversation files. */
export interface ConversationTotals {
  readonly files: number;
  /** Files that are whole. */
  readonly whole: number;
}

/** Writes `debug_conversation_*.json`, pretty-printed, evenly into so many folders below the given one. */
export function writeConversations(
  folder: string,
  files: number,
  folders: number,
  seed: string,
): ConversationTotals {
  const random = new Random(seed, 'conversations');
  const texts = new Texts(new Random(seed, 'texts'));
  const calls = new CallSource(random);
  const time = new Date(Date.now() - ageMs);
  const days = Array.from({ length: folders }, (_, index) =>
    path.join(folder, `day-${String(index + 1).padStart(2, '0')}`),
  );
  days.forEach(day => fs.mkdirSync(day, { recursive: true }));
  let whole = 0;
  for (let index = 0; index < files; index++) {
    const text = conversation(random, calls, texts);
    const isCut = chance(random, cutShare);
    whole += isCut ? 0 : 1;
    const name = `debug_conversation_${String(index).padStart(5, '0')}.json`;
    const file = path.join(days[index % folders] ?? folder, name);
    fs.writeFileSync(file, isCut ? text.slice(0, Math.floor(text.length / 2)) : text);
    fs.utimesSync(file, time, time);
  }
  days.forEach(day => fs.utimesSync(day, time, time));
  return { files, whole };
}

function conversation(random: Random, calls: CallSource, texts: Texts): string {
  const call = calls.next();
  const message = (index: number) =>
    `    {\n      "role": "${index % 2 === 0 ? 'user' : 'assistant'}",\n      "content": "${texts.text(random, 100 + random.below(2000))}"\n    }`;
  const messages = Array.from({ length: 1 + random.below(5) }, (_, index) => message(index));
  return `{
  "conversation_id": "${hex(random, 12)}",
  "timestamp": "${new Date(call.time).toISOString()}",
  "model": "${call.model}",
  "messages": [
${messages.join(',\n')}
  ],
  "response": "${texts.text(random, 300)}",
  "usage": { "prompt_tokens": ${call.inputTokens}, "completion_tokens": ${call.outputTokens} },
  "latency_ms": ${call.latencyMs}
}
`;
}
