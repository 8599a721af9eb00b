import { lineFeed } from '../../read/byteRanges';
import { diskAccess, type OpenFile } from '../../read/fileAccess';
import type { LineScanner, ScanPlace } from '../lineScanner';
import type { AheadControl } from './aheadControl';
import type { AheadJob } from './aheadJob';

/** Reads and scans files window after window, as long as there is a place to put them. */
export class AheadReader {
  readonly #scanner: LineScanner;
  readonly #control: AheadControl;
  readonly #places: readonly ScanPlace[];
  readonly #windowBytes: number;

  /** `places`: of windows of so many bytes each. */
  constructor(
    scanner: LineScanner,
    control: AheadControl,
    places: readonly ScanPlace[],
    windowBytes: number,
  ) {
    this.#scanner = scanner;
    this.#control = control;
    this.#places = places;
    this.#windowBytes = windowBytes;
  }

  /** Until the file has no more whole lines, or nobody wants them. `beforeWindow` is called whenever something may have been learnt. */
  run(job: AheadJob, beforeWindow: () => void): void {
    let file: OpenFile;
    try {
      file = diskAccess.open(job.path);
    } catch {
      // who waits for its windows finds out by himself what is wrong with the file
      this.#giveUp(job, 0);
      return;
    }
    try {
      this.#readAll(file, job, beforeWindow);
    } finally {
      file.close();
    }
  }

  #readAll(file: OpenFile, job: AheadJob, beforeWindow: () => void): void {
    let { offset } = job;
    for (let index = 0; ; index++) {
      const at = index % this.#places.length;
      const place = this.#places[at];
      if (place === undefined || !this.#control.waitForFree(at, job.id)) {
        return;
      }
      beforeWindow();
      let bytes: number;
      try {
        bytes = this.#readWindow(file, job, offset, at, place);
      } catch {
        // the disk refuses: as above
        this.#giveUp(job, at);
        return;
      }
      if (bytes === 0) {
        return;
      }
      offset += bytes;
    }
  }

  /** Returns the bytes of the whole lines that were scanned. */
  #readWindow(
    file: OpenFile,
    { id, scope }: AheadJob,
    offset: number,
    at: number,
    place: ScanPlace,
  ): number {
    const scanner = this.#scanner;
    const { bytes } = scanner.memory;
    const window = bytes.subarray(place.window, place.window + this.#windowBytes);
    const count = file.read(window, this.#windowBytes, offset);
    const stamp = file.stat();
    const end = window.subarray(0, count).lastIndexOf(lineFeed) + 1;
    const rows = scanner.scanAll(place, end, scope);
    const { position, lines, area } = scanner;
    this.#control.fill(at, {
      job: id,
      offset,
      bytes: position,
      lines,
      rows,
      area,
      stamp,
    });
    return position;
  }

  #giveUp({ id, offset }: AheadJob, at: number): void {
    const area = { window: 0, rows: 0, numbers: 0, texts: 0, shapes: 0, stride: 0 };
    const stamp = { dev: 0n, ino: 0n, size: 0n, mtimeNs: 0n, ctimeNs: 0n };
    this.#control.fill(at, {
      job: id,
      offset,
      bytes: 0,
      lines: 0,
      rows: 0,
      area,
      stamp,
    });
  }
}
