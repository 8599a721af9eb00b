import type { Random } from './random';

const hostileTexts: readonly string[] = [
  ...['', ' ', '\t', '\n', '\r', '\0', '"', "'", '\\', '{', '}', '[', ']', '(', '=', ':', ','],
  ...['-1', '1e999', '99999999999999999999', '0000-00-00 00:00:00', '2026-13-45T99:99:99.999Z'],
  ...[
    '__proto__',
    'NaN',
    'None',
    '\u001b[31m',
    '\u202e',
    '\ud800',
    '🙂',
    '%s%n',
    '$&',
    '</script>',
  ],
  '='.repeat(200),
  '{"a":'.repeat(200),
  'x'.repeat(20_000),
];

/** A copy of a text with one to four faults; `others` are texts to take pieces from. */
export function mutateText(text: string, random: Random, others: readonly string[]): string {
  let mutated = text;
  const count = 1 + random.below(4);
  for (let fault = 0; fault < count; fault++) {
    mutated = mutateOnce(mutated, random, others);
  }
  return mutated;
}

function mutateOnce(text: string, random: Random, others: readonly string[]): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(30));
  const [before, inside, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  const lines = text.split('\n');
  return random.pick<() => string>([
    () => flipBit(text, random),
    () => before + after,
    () => before + random.pick(hostileTexts) + after,
    () => before + inside.repeat(1 + random.below(50)) + after,
    () => text.replace(/\d+/g, digits => (random.below(3) === 0 ? String(-at) : digits)),
    () => random.shuffled(lines.slice(0, 200)).join('\n'),
    () => lines.toSpliced(random.below(lines.length), 1).join('\n'),
    () => lines.toSpliced(random.below(lines.length), 0, random.pick(lines)).join('\n'),
    () => `${text}\n${random.pick(others)}`,
    () => before + random.pick(others).slice(0, 200) + after,
  ])();
}

/** One bit of one byte is another: what a bad disk does. */
function flipBit(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes.toString('utf8');
}
