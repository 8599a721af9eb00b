import type { Random } from '../../test/fuzz/random';
import { chance, fraction, hex } from './draw';

const words =
  `the answer that customers get about a refund depends on which warehouse shipped their order and whether
tracking had been updated before our agent looked it up so every reply quotes two documents with dates while longer ones
repeat what was said earlier because nobody trimmed history`.split(/\s+/);

/** Two, three and four bytes in UTF-8, joined characters, quotation marks that are none in JSON. */
const foreignWords = [
  'Straße',
  'déjà',
  'łódź',
  '返金',
  '注文番号',
  'возврат',
  '🧾',
  '👩🏽‍🔧',
  '–',
  '„so“',
  '환불',
];

const codeLines = [
  'const {0} = await client.get(`/orders/${id}/{1}`);',
  'if (!{0}) {\n    throw new Error("no {1}: \\"{0}\\"");\n  }',
  'for (const each of {0}) { sum += each.usage.prompt_tokens; }',
  '// {0} is {1} – see C:\\temp\\{1}',
  'return { model: "gpt-4o", usage: {} };',
];

function word(random: Random): string {
  return random.pick(chance(random, 0.03) ? foreignWords : words);
}

function sentences(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    const sentence = Array.from({ length: 5 + random.below(15) }, () => word(random)).join(' ');
    text += `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${chance(random, 0.2) ? '.\n\n' : '. '}`;
  }
  return text;
}

function code(random: Random, length: number): string {
  let text = '```js\n';
  while (text.length < length) {
    const indent = '  '.repeat(random.below(4));
    const line = random
      .pick(codeLines)
      .replaceAll(/\{([01])\}/g, () => word(random).replaceAll('"', ''));
    text += `${indent}${line}\n`;
  }
  return `${text}\`\`\`\n`;
}

/** What a tool gave back: JSON inside of a string, with the very keys that a reader of the log looks for. */
function toolResult(random: Random, length: number): string {
  const rows: unknown[] = [];
  for (let size = 0; size < length;) {
    const row = {
      trace_id: hex(random, 32),
      model: 'decoy-model',
      usage: { prompt_tokens: random.below(1e6), completion_tokens: 1 },
      latency_ms: fraction(random) * 1e6,
      error: { message: `"${word(random)}" in {[` },
      link: `https://shop.example/${word(random)}?q="${word(random)}"`,
    };
    size += JSON.stringify(row).length;
    rows.push(row);
  }
  return JSON.stringify(rows, undefined, random.below(2) * 2);
}

/** What stands between the quotation marks of a JSON string. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Texts as they stand in a prompt: prose, code and results of tools, escaped for JSON once and joined many times. */
export class Texts {
  readonly #prose: readonly string[];
  readonly #code: readonly string[];
  readonly #results: readonly string[];

  constructor(random: Random) {
    const many = (count: number, make: (length: number) => string) =>
      Array.from({ length: count }, () => escaped(make(150 + random.below(700))));
    this.#prose = many(600, length => sentences(random, length));
    this.#code = many(300, length => code(random, length));
    this.#results = many(300, length => toolResult(random, length));
  }

  /** At least so many characters, ready to be put between quotation marks. */
  text(random: Random, length: number): string {
    let text = '';
    while (text.length < length) {
      const kind = fraction(random);
      const pool = kind < 0.55 ? this.#prose : kind < 0.8 ? this.#code : this.#results;
      text += random.pick(pool);
    }
    return text;
  }
}
