import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defaultMaxRecordBytes } from '../../../src/engine/read/bounds';
import { diskAccess, type FileAccess } from '../../../src/engine/read/fileAccess';
import { FileSet } from '../../../src/engine/read/fileSet';
import { FolderWalk } from '../../../src/engine/read/folderWalk';
import type { LookHints } from '../../../src/engine/read/lookHints';
import { UnpackSlot } from '../../../src/engine/read/packed/unpackSlot';
import { SharedWindow } from '../../../src/engine/read/sharedWindow';
import { Believed } from './believed';
import { testFormats } from './testFormats';

/** A folder of its own that is looked at when the test says so: no events, no timer. */
export class LookedAtFolder {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-look-'));
  readonly believed = new Believed();
  /** Paths that were looked at since the last `look`. */
  readonly glanced = new Set<string>();
  /** Folders that were listed since then. */
  readonly listed = new Set<string>();
  /** Folders that it told of before they were listed. */
  readonly met: string[] = [];
  private readonly access: FileAccess = {
    ...diskAccess,
    glance: file => {
      this.glanced.add(path.relative(this.root, file));
      return diskAccess.glance(file);
    },
    glanceThrough: file => {
      this.glanced.add(path.relative(this.root, file));
      return diskAccess.glanceThrough(file);
    },
    list: folder => {
      this.listed.add(path.relative(this.root, folder));
      return diskAccess.list(folder);
    },
  };
  private readonly walk = new FolderWalk(this.root, this.access);
  private readonly files = new FileSet({
    sink: this.believed,
    formats: testFormats,
    access: this.access,
    final: false,
    preview: undefined,
    window: new SharedWindow(),
    slot: new UnpackSlot(),
    maxRecordBytes: defaultMaxRecordBytes,
    targetOf: file => file,
    onIdle: () => undefined,
  });

  path(...names: string[]): string {
    return path.join(this.root, ...names);
  }

  /** One pass that looks at what may have changed, or at everything, and at everything after it when only that can tell. */
  async look(
    kind: 'whole' | 'changed',
    mustList: LookHints['mustList'] = () => false,
  ): Promise<void> {
    this.glanced.clear();
    this.listed.clear();
    const isKnown: LookHints['isKnown'] = (file, stat) => this.files.isAtRest(file, stat);
    const meets = (met: string): void => {
      const name = path.relative(this.root, met);
      this.met.push(this.listed.has(name) ? `${name}, which is listed already` : name);
    };
    this.files.take(await this.walk.look(kind === 'whole', { mustList, isKnown, meets }));
    if (this.files.needsWholeLook) {
      this.files.take(await this.walk.look(true));
    }
    await this.files.whenIdle(false);
  }

  /** As an event does: reads a file that has come or has news. */
  async hint(name: string): Promise<void> {
    const stat = diskAccess.glance(this.path(name));
    if (stat === undefined) {
      this.files.leave(this.path(name));
    } else {
      this.files.readNow(this.path(name), stat);
    }
    await this.files.whenIdle(false);
  }

  ids(name: string): unknown[] {
    return this.believed
      .values(this.path(name))
      .map(value =>
        typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : value,
      );
  }

  dispose(): void {
    this.files.dispose();
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

/** Puts the clock of the reader on, for as long as `during` takes. */
export async function later(ms: number, during: () => Promise<void>): Promise<void> {
  const now = performance.now.bind(performance);
  performance.now = () => now() + ms;
  try {
    await during();
  } finally {
    Reflect.deleteProperty(performance, 'now');
  }
}
