import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LogSource } from '../../../src/engine/read/logSource';
import type { LogSourceOptions } from '../../../src/engine/read/logSourceOptions';
import { placeOf } from '../../../src/model/source';
import { Believed } from './believed';
import { testFormats } from './testFormats';

/** A folder of its own for one test, with a source that follows it; both go away with `dispose`. */
export class FollowedFolder {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-read-'));
  readonly believed = new Believed();
  source: LogSource;

  constructor(private readonly options: Partial<LogSourceOptions> = {}) {
    this.source = this.createSource();
  }

  path(...names: string[]): string {
    return path.join(this.root, ...names);
  }

  append(name: string, content: string | Buffer): void {
    fs.appendFileSync(this.path(name), content);
  }

  /** Ids of the records that are believed to be in the file, or in an entry of it, in file order. */
  ids(name: string, entry?: string): unknown[] {
    return this.believed
      .values(placeOf(this.path(name), entry))
      .map(value =>
        typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : value,
      );
  }

  reasons(name: string, entry?: string): string[] {
    return this.believed.reasons(placeOf(this.path(name), entry));
  }

  /** Looks at the disk as often as it takes to be sure. */
  async settle(): Promise<void> {
    await this.source.whenIdle();
  }

  async dispose(): Promise<void> {
    await this.source.dispose();
    fs.rmSync(this.root, { recursive: true, force: true });
  }

  private createSource(): LogSource {
    const { root, believed } = this;
    return new LogSource({
      path: root,
      sink: believed,
      formats: testFormats,
      poll: true,
      ...this.options,
    });
  }
}

/** Lines `{"id":…}`. */
export function lines(...ids: (string | number)[]): string {
  return ids.map(id => `${JSON.stringify({ id })}\n`).join('');
}
