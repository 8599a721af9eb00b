import readline from 'node:readline';
import { crypto } from '../engine/builtins';
import type { Engine } from '../engine/engine';
import type { Span } from '../model/span';
import type { EngineChange } from '../protocol/engineContract';
import type { Command, Invocation } from './command';
import { showDuration, showNumber, showText, showTime } from './display';
import { UsageError } from './io';
import { withLogs } from './openLogs';
import type { OpenLogs } from './openLogs';
import { toRecordLine } from './records';
import { toSpanLine } from './spanLine';
import { toOneLine } from './visibleText';

export const watch: Command = {
  name: 'watch',
  usage: 'watch PATH [--poll] [--json]',
  summary: 'prints every span that is new or has changed, as it happens, until it is interrupted',
  details: [
    '--poll  look at the disk from time to time instead of waiting for file events',
    'The line "snapshot" on stdin prints all records as they are known at that moment.',
  ],
  options: { poll: { type: 'boolean' } },
  async run(invocation) {
    if (invocation.paths.length !== 1) {
      throw new UsageError('watch takes one PATH');
    }
    const options = { prices: true, hashRecords: true, poll: invocation.has('poll') };
    await withLogs(invocation, options, logs => follow(invocation, logs));
  },
};

async function follow(invocation: Invocation, logs: OpenLogs): Promise<void> {
  const { io } = invocation;
  const printer = new ChangePrinter(invocation, logs);
  printer.rememberAll();
  const commands = readline.createInterface({ input: io.stdin, crlfDelay: Infinity });
  let stopListening = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      // one thing at a time: a snapshot is never interrupted by a span
      let work: Promise<void> = Promise.resolve();
      const enqueue = (job: () => Promise<void>): void => {
        work = work.then(job);
        work.catch(reject);
      };
      stopListening = logs.engine.onEvent(event => {
        if (event.type === 'change') {
          if (event.change.sources) {
            logs.problems.print();
          }
          enqueue(() => printer.printChange(event.change));
        }
      });
      commands.on('line', line => {
        if (line.trim() === 'snapshot') {
          enqueue(() => printSnapshot(invocation, logs));
        }
      });
      void io.untilInterrupted().then(() => work.then(resolve, reject));
    });
  } finally {
    stopListening();
    commands.close();
  }
}

async function printSnapshot({ out }: Invocation, logs: OpenLogs): Promise<void> {
  // taken at once: while lines are written the engine goes on reading
  const lines = [...logs.engine.records()];
  await out.printJson({ snapshot: 'begin' });
  for (const record of lines) {
    await out.printJson(toRecordLine(record, logs.nameOf));
  }
  await out.printJson({ snapshot: 'end' });
  await out.flush();
}

/** Prints a span when its line differs from the one that was printed, or known, last. */
class ChangePrinter {
  private readonly known = new Map<string, number>();
  private readonly engine: Engine;

  constructor(
    private readonly invocation: Invocation,
    private readonly logs: OpenLogs,
  ) {
    this.engine = logs.engine;
  }

  rememberAll(): void {
    for (const span of this.engine.spans()) {
      this.isNews(span);
    }
  }

  async printChange({ spanKeys }: EngineChange): Promise<void> {
    const spans = spanKeys ? spanKeys.map(key => this.engine.span(key)) : [...this.engine.spans()];
    for (const span of spans) {
      if (span && this.isNews(span)) {
        await this.print(span);
      }
    }
    await this.invocation.out.flush();
  }

  private isNews(span: Span): boolean {
    const line = JSON.stringify(toSpanLine(span, this.logs.nameOf));
    // 48 bits of a hash are enough to see that a line has changed, and small enough to keep for each span
    const fingerprint = crypto().createHash('sha1').update(line).digest().readUIntBE(0, 6);
    const isNew = this.known.get(span.key) !== fingerprint;
    this.known.set(span.key, fingerprint);
    return isNew;
  }

  private async print(span: Span): Promise<void> {
    const { out, json } = this.invocation;
    await (json
      ? out.printJson(toSpanLine(span, this.logs.nameOf))
      : out.printText(toChangeLine(span)));
  }
}

function toChangeLine(span: Span): string {
  const { usage, error } = span;
  const parts = [
    showTime(span.startTime),
    span.kind,
    span.name,
    showText(span.model),
    `${showNumber(usage.inputTokens)} in, ${showNumber(usage.outputTokens)} out`,
    showDuration(span.durationMs),
    error ? `${error.category}: ${error.message.slice(0, 200)}` : span.status,
  ];
  return parts.map(toOneLine).join('  ');
}
