import type { SpanPatch } from '../model/span';
import type { LineRole, Reading, TextFormat } from './format';

const ownLine = /^(?:\d[\d.:]{0,20} [A-Z] )?(?:slot|srv|que|res) {1,3}\w{2,20}:/;
const timing =
  /(prompt eval|eval|total) time = {0,12}(\d{1,12}(?:\.\d{1,6})?) ms \/ {0,8}(\d{1,9}) tokens/;
/** How far into a line the figures begin: behind slot and task. */
const headLength = 300;

/** The log of llama.cpp's `llama-server`. */
export const llamaCppServer: TextFormat = {
  id: 'llama-cpp-server',
  title: 'llama.cpp server log',
  docs: {
    schema: 'https://github.com/ggml-org/llama.cpp/tree/master/tools/server',
    writtenBy: '`llama-server` of llama.cpp',
    recognisedBy:
      'Lines `slot print_timing: …`, `srv  log_server_r: …`; `prompt eval time = … ms / … tokens`, `eval time = …`, `total time = …`',
    notes:
      'One call for each block of timings. Its input are the tokens that were evaluated: those from the cache of the slot are not told. No model, no text and no time of day.',
  },
  container: 'text',
  createFramer,
  read,
};

/** The three figures of a call stand in lines of their own, with or without what comes before them. */
function createFramer(): (line: string) => LineRole {
  let isKnown = false;
  let isInBlock = false;
  return line => {
    const head = line.slice(0, headLength);
    const figure = timing.exec(head)?.[1];
    if (figure === 'prompt eval' && !isInBlock) {
      isInBlock = true;
      return 'start';
    }
    if (figure !== undefined && isInBlock) {
      isInBlock = figure !== 'total';
      return isInBlock ? 'continue' : 'end';
    }
    const isHead = /\bprint_timing: /.test(head);
    if (isHead || ownLine.test(head)) {
      isKnown = true;
      isInBlock = isHead && figure === undefined;
      return 'start';
    }
    isInBlock = false;
    return isKnown ? 'continue' : 'none';
  };
}

function read(record: string): Reading | undefined {
  const figures = new Map<string, { readonly ms: number; readonly tokens: number }>();
  for (const line of record.split('\n')) {
    const [, name = '', ms, tokens] = timing.exec(line.slice(0, headLength)) ?? [];
    if (name !== '') {
      figures.set(name, { ms: Number(ms), tokens: Number(tokens) });
    }
  }
  const prompt = figures.get('prompt eval');
  const answer = figures.get('eval');
  if (!prompt && !answer) {
    return { spans: [] };
  }
  const call: SpanPatch = {
    part: 'whole',
    kind: 'call',
    name: 'chat',
    provider: 'llama.cpp',
    durationMs: figures.get('total')?.ms ?? (prompt?.ms ?? 0) + (answer?.ms ?? 0),
    timeToFirstTokenMs: prompt?.ms,
    usage: { inputTokens: prompt?.tokens, outputTokens: answer?.tokens },
    status: 'ok',
    hasInput: false,
    hasOutput: false,
  };
  return { spans: [call] };
}
