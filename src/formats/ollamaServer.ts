import { isLogHeader } from './fields/logHeader';
import { toTime } from './fields/time';
import type { LineRole, Reading, TextFormat } from './format';
import { parseGoDuration } from './server/goDuration';
import { readAccess } from './server/serverCall';

// [GIN] 2025/07/24 - 18:16:21 | 200 |  974.86µs |  127.0.0.1 | POST     "/api/chat", also behind what journald or docker put first
const access =
  /\[GIN\] (\d{4}\/\d\d\/\d\d) - (\d\d:\d\d:\d\d) \| {0,3}(\d{3}) \| {0,40}([\d.a-zµμ]{2,40}) {0,10}\|[^|]{0,80}\| ([A-Z]{3,8}) {1,10}"([^"]{1,500})"/;
/** Go's slog as text, with the place in the source: Ollama's own lines. */
const ownLine =
  /(?:^|\s)time=\S{10,40} level=[A-Z]{4,6}(?:[+-]\d)? source=[\w.]{1,60}\.go:\d{1,6} msg=/;
/** What a new server says before it logs. */
const firstLine = /(?:^|\s)Couldn't find '[^']{0,200}\.ollama[\\/]id_ed25519'/;
/** Where what comes before the line proper ends. */
const headLength = 400;

/** The log of `ollama serve`. */
export const ollamaServer: TextFormat = {
  id: 'ollama-server',
  title: 'Ollama server log',
  docs: {
    schema: 'https://github.com/ollama/ollama/blob/main/server/routes.go',
    writtenBy: '`ollama serve`, also through journald or docker',
    recognisedBy:
      '`[GIN] date | status | duration | address | POST "/api/chat"`; `time=… level=… source=….go:… msg=…`; lines of llama.cpp between them',
    notes:
      'A request to `/api/chat`, `/api/generate`, `/api/embed` and the endpoints under `/v1` is a call; its time is the end, in the zone of the server: read as UTC. The log names no model and holds no tokens and no text.',
  },
  container: 'text',
  createFramer,
  read,
};

/** What llama.cpp prints between belongs to the line before it. */
function createFramer(): (line: string) => LineRole {
  let isOpen = false;
  return line => {
    const head = line.slice(0, headLength);
    if (head.includes('[GIN') || ownLine.test(head) || firstLine.test(head)) {
      isOpen = true;
      return 'start';
    }
    isOpen &&= !isLogHeader(line);
    return isOpen ? 'continue' : 'none';
  };
}

function read(record: string): Reading | undefined {
  const [line = ''] = record.split('\n', 1);
  const found = access.exec(line.slice(0, headLength + 1000));
  if (!found) {
    return { spans: [] };
  }
  const [, date, time, status, duration = '', method, path = ''] = found;
  const call =
    method === 'POST'
      ? readAccess({
          path,
          status: Number(status),
          endTime: toTime(`${date} ${time}`),
          durationMs: parseGoDuration(duration),
          provider: 'ollama',
        })
      : undefined;
  return { spans: call ? [call] : [] };
}
