import type { LogFormat } from '../../../src/formats/format';

/** The page docs/formats.md, made of the list of formats. */
export function formatsPage(formats: readonly LogFormat[]): string {
  return `# Formats that Callsight reads

<!-- Made from src/formats by a test: UPDATE_GOLDEN=1 npm run test:unit -- docs/formats.md -->

The content decides, never the name of a file. Every record belongs to one format; a file may hold several. The last row of the
table is asked only when no other format knows the record.

| format | written by | recognised by | good to know |
|---|---|---|---|
${formats.map(row).join('\n')}

## Rules for all of them

- **Unknown stays unknown.** A token count, a cost or a time that the log does not hold is not guessed and not zero.
- **Times** may be ISO text or numbers: below 10^11 seconds, below 10^14 milliseconds, below 10^17 microseconds, else nanoseconds.
  Text without a time zone is read as UTC.
- **Tokens.** Input counts cached tokens in, output counts reasoning in. Anthropic's \`input_tokens\` leaves cached tokens out: beside
  \`cache_read_input_tokens\` or \`cache_creation_input_tokens\` they are added. Gemini's \`thoughtsTokenCount\` is added to the output.
- **One call, one id.** \`request_id\` or \`call_id\`; else span id within a trace id; else an \`id\` of at least eight characters that is no
  number. Two whole records with one id that contradict each other stay two calls.
- **Text** is read when somebody looks at a call and never kept.
- **Cut by the logger** marks a text that is as long as the logger lets it be: the rest is nowhere on disk.
`;
}

function row(format: LogFormat): string {
  const { schema, writtenBy, recognisedBy, notes = '' } = format.docs;
  const name = schema === undefined ? format.title : `[${format.title}](${schema})`;
  return `| ${[`**${name}** \`${format.id}\``, writtenBy, recognisedBy, notes].map(cell).join(' | ')} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
