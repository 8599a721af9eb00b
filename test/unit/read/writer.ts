import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { type Believed, unaccounted } from './believed';

type Action =
  | { readonly kind: 'line' | 'half' | 'rest' | 'garbage' | 'rotate' | 'copyTruncate' }
  | { readonly kind: 'truncate' | 'replace' | 'rewrite' | 'delete' | 'pause' | 'edit' };

/** What programs and people do to a log. */
export const actions = fc.constantFrom<Action['kind']>(
  'line',
  'line',
  'line',
  'half',
  'rest',
  'garbage',
  'rotate',
  'copyTruncate',
  'truncate',
  'replace',
  'rewrite',
  'edit',
  'delete',
  'pause',
  'pause',
);

export interface TestFolder {
  readonly root: string;
  readonly believed: Believed;
  path(...names: string[]): string;
}

/** Does things to one log as programs and people do, without knowing anything about the reader. */
export class Writer {
  private serial = 0;
  private half = '';

  constructor(private readonly folder: TestFolder) {}

  private get log(): string {
    return this.folder.path('a.jsonl');
  }

  private line(): string {
    this.serial++;
    return JSON.stringify({ id: this.serial, text: 'x'.repeat((this.serial * 37) % 200) });
  }

  do(kind: Action['kind']): void {
    const { log } = this;
    const exists = fs.existsSync(log);
    switch (kind) {
      case 'line':
        this.endHalf();
        fs.appendFileSync(log, `${this.line()}\n`);
        return;
      case 'half': {
        this.endHalf();
        const line = this.line();
        const cut = 1 + (this.serial % (line.length - 1));
        this.half = line.slice(cut);
        fs.appendFileSync(log, line.slice(0, cut));
        return;
      }
      case 'rest':
        this.endHalf();
        return;
      case 'garbage':
        this.endHalf();
        fs.appendFileSync(log, 'garbage {"\n');
        return;
      case 'rotate':
        if (exists) {
          fs.renameSync(log, this.folder.path(`a.jsonl.${++this.serial}`));
        }
        this.half = '';
        return;
      case 'copyTruncate':
        if (exists) {
          fs.copyFileSync(log, this.folder.path(`a.jsonl.${++this.serial}`));
          fs.truncateSync(log, 0);
        }
        this.half = '';
        return;
      case 'truncate':
        if (exists) {
          fs.truncateSync(log, fs.statSync(log).size >> 1);
        }
        this.half = '';
        return;
      case 'replace':
        fs.writeFileSync(this.folder.path('tmp'), `${this.line()}\n${this.line()}\n`);
        fs.renameSync(this.folder.path('tmp'), log);
        this.half = '';
        return;
      case 'rewrite':
        fs.writeFileSync(log, `${this.line()}\n${this.line()}\n${this.line()}\n`);
        this.half = '';
        return;
      case 'edit':
        if (exists) {
          const content = fs.readFileSync(log, 'utf8');
          fs.writeFileSync(log, content.replace(/"id":\d/, `"id":${this.serial % 10}`));
        }
        return;
      case 'delete':
        fs.rmSync(log, { force: true });
        this.half = '';
        return;
      default:
        return;
    }
  }

  private endHalf(): void {
    if (this.half !== '') {
      fs.appendFileSync(this.log, `${this.half}\n`);
      this.half = '';
    }
  }
}

/** What is on disk, by the plainest reader there is. */
function read(folder: TestFolder): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const name of fs.readdirSync(folder.root)) {
    const text = fs.readFileSync(folder.path(name), 'latin1');
    // a file that was cut right after a value goes on in the same line, with another one or with garbage
    const whole = text
      .slice(0, text.lastIndexOf('\n') + 1)
      .replaceAll(/\}(?=\{|garbage)/g, '}\n')
      .split('\n');
    files.set(
      name,
      whole.filter(line => isJson(line.trim())),
    );
  }
  return files;
}

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** Whether exactly what is on disk is believed, and every byte of it accounted for. */
export function assertBelieved(folder: TestFolder): void {
  for (const [name, onDisk] of read(folder)) {
    const file = folder.believed.file(folder.path(name));
    // a whole value at the end without a line break may be given or still be awaited
    const believed = [...file.records.values()].map(record => record.bytes);
    assert.deepEqual(believed.slice(0, onDisk.length), onDisk, name);
    assert.ok(believed.length <= onDisk.length + 1);
    assert.deepEqual(unaccounted(file, fs.readFileSync(folder.path(name))), []);
  }
  for (const [file, { records }] of folder.believed.files) {
    assert.ok(fs.existsSync(file) || records.size === 0, `${file} is gone`);
  }
}
