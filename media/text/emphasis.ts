/** A run of a sentence of ours: plain, a number, or code between backticks. */
export interface Run {
  readonly kind: 'text' | 'number' | 'code';
  readonly text: string;
}

const number = /\d+(?:[.,]\d+)*/g;
const notPartOfWord = /^[\s%,.;:!?)]?$/;

/** Splits a sentence of the rules for showing: numbers that stand alone are emphasised, `backticks` are code. */
export function toRuns(sentence: string): readonly Run[] {
  const pieces = sentence.split('`');
  // an odd number of backticks: the last one is just a character
  const closed = pieces.length % 2 === 1;
  return pieces.flatMap((piece, index): readonly Run[] => {
    if (index % 2 === 1 && (closed || index < pieces.length - 1)) {
      return [{ kind: 'code', text: piece }];
    }
    const text = !closed && index === pieces.length - 1 ? `\`${piece}` : piece;
    return withNumbers(text);
  });
}

function withNumbers(text: string): readonly Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(number)) {
    const before = text[match.index - 1] ?? '';
    const after = text[match.index + match[0].length] ?? '';
    const alone = /^[\s($]?$/.test(before) && notPartOfWord.test(after);
    if (!alone || text.slice(0, match.index).endsWith('HTTP ')) {
      continue;
    }
    if (match.index > from) {
      runs.push({ kind: 'text', text: text.slice(from, match.index) });
    }
    runs.push({ kind: 'number', text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) {
    runs.push({ kind: 'text', text: text.slice(from) });
  }
  return runs;
}
