import { readPythonText } from './pythonText';

/** What vLLM puts before a line of each of its processes. */
const process = '(?:\\([\\w ]{2,40}(?:rank=\\d{1,4} )?pid=\\d{1,9}\\) ?)?';
const header = new RegExp(
  `^${process}(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) (\\d\\d)-(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)(?:[.,]\\d{1,6})? \\[?[\\w./-]{1,120}\\.py:\\d{1,6}\\] `,
);
// INFO:     127.0.0.1:55718 - "POST /v1/chat/completions HTTP/1.1" 200 OK
const access = new RegExp(
  `^${process}INFO: {1,8}[^ ]{1,80} - "([A-Z]{3,8}) ([^ "]{1,500}) HTTP/[\\d.]{1,3}" (\\d{3})`,
);
const request = /^(Received request|Request|Generated response) ([\w.-]{4,120})/;

const stray =
  /^(?:nohup: |\((?:API|Api|Engine|Worker|Vllm|DP)\w{0,40}(?: rank=\d{1,4})? pid=\d{1,9}\) )/;

/** What a process prints around its logger, at the beginning of a file, too. */
export function isStrayLine(line: string): boolean {
  return stray.test(line.slice(0, 100));
}

export interface VllmLine {
  /** `[month, day, hour, minute, second]`: the log has no year. */
  readonly clock: readonly number[];
  readonly message: string;
}

export function parseVllmLine(line: string): VllmLine | undefined {
  const found = header.exec(line.slice(0, 400));
  return found
    ? { clock: found.slice(1, 6).map(Number), message: line.slice(found[0].length) }
    : undefined;
}

export interface VllmAccess {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A line of uvicorn's access log. */
export function parseAccessLine(line: string): VllmAccess | undefined {
  const found = access.exec(line.slice(0, 1000));
  const [, method = '', path = '', status] = found ?? [];
  return found ? { method, path, status: Number(status) } : undefined;
}

export interface VllmRequest {
  readonly what: 'received' | 'details' | 'generated';
  readonly id: string;
  readonly prompt?: string | undefined;
  readonly output?: string | undefined;
  readonly finishReason?: string | undefined;
  readonly outputTokens?: number | undefined;
  readonly isDelta: boolean;
  readonly params: ReadonlyMap<string, unknown>;
}

/**
 * What the request logger says (`--enable-log-requests`, `--enable-log-outputs`).
 * https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/logger.py
 */
export function parseVllmRequest(message: string): VllmRequest | undefined {
  const found = request.exec(message.slice(0, 200));
  const [whole = '', verb, id = ''] = found ?? [];
  const rest = message.slice(whole.length);
  if (!found || (verb === 'Request' && !rest.startsWith(' details:'))) {
    return undefined;
  }
  return {
    what: verb === 'Received request' ? 'received' : verb === 'Request' ? 'details' : 'generated',
    // a list of prompts is one request, whose parts are numbered
    id: id.startsWith('cmpl-') ? id.replace(/-\d{1,4}$/, '') : id,
    prompt: textAfter(rest, 'prompt: '),
    output: textAfter(rest, 'output: '),
    finishReason: /, finish_reason: (\w{1,40})/.exec(rest.slice(-200))?.[1]?.replace(/^None$/, ''),
    outputTokens: countAfter(rest, 'output_token_ids: ['),
    isDelta: rest.startsWith(' (streaming delta)'),
    params: readParams(rest),
  };
}

function textAfter(text: string, label: string): string | undefined {
  const at = text.slice(0, 200).indexOf(label);
  return at < 0 ? undefined : readPythonText(text, at + label.length)?.text;
}

/** How many numbers a list has. */
function countAfter(text: string, label: string): number | undefined {
  const at = text.lastIndexOf(label);
  const end = at < 0 ? -1 : text.indexOf(']', at);
  const list = end < 0 ? '' : text.slice(at + label.length, end);
  return list === '' ? undefined : list.split(',').length;
}

/** The plain values of `SamplingParams(temperature=0.7, …)`. */
function readParams(text: string): ReadonlyMap<string, unknown> {
  const at = text.lastIndexOf('SamplingParams(');
  const list = at < 0 ? '' : text.slice(at, at + 2000);
  const pairs = [
    ...list.matchAll(/[(\s](\w{1,60})=(-?\d{1,20}(?:\.\d{1,20})?|True|False)(?=[,)])/g),
  ];
  return new Map(
    pairs.map(([, name = '', value]) => [
      name,
      value === 'True' ? true : value === 'False' ? false : Number(value),
    ]),
  );
}
