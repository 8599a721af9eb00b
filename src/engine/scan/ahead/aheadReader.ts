import { lineFeed } from '../../read/byteRanges';
import { diskAccess, type OpenFile } from '../../read/fileAccess';
import type { LineScanner } from '../lineScanner';
import type { AheadControl, ReadStamp } from './aheadControl';
import type { AheadJob } from './aheadJob';

const noStamp: ReadStamp = { dev: 0n, ino: 0n, size: 0n, mtimeNs: 0n, ctimeNs: 0n };

/** Reads and scans windows of a file, side by side with others who do. One job after the other. */
export class AheadReader {
  readonly #scanner: LineScanner;
  readonly #control: AheadControl;
  readonly #windowBytes: number;
  #file: OpenFile | undefined;
  #job = 0;

  /** `scanner`: over the memory in which the places are, of windows of so many bytes. */
  constructor(scanner: LineScanner, control: AheadControl, windowBytes: number) {
    this.#scanner = scanner;
    this.#control = control;
    this.#windowBytes = windowBytes;
  }

  /** Scans a window that was read, or reads one; false when neither can be done now. */
  step(job: AheadJob): boolean {
    const scanned = this.#control.claimScan();
    if (scanned !== undefined) {
      this.#scan(scanned, job.scope);
      return true;
    }
    const claim = this.#control.claimReading();
    if (claim === undefined) {
      return false;
    }
    this.#read(claim.place, claim.offset, job);
    return true;
  }

  /** The file of the last job is needed no more. */
  leave(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#job = 0;
  }

  #read(place: number, offset: number, job: AheadJob): void {
    try {
      const file = this.#open(job);
      const { bytes } = this.#scanner.memory;
      const { window } = this.#control.place(place);
      const target = bytes.subarray(window, window + this.#windowBytes);
      const count = file.read(target, this.#windowBytes, offset);
      const end = target.subarray(0, count).lastIndexOf(lineFeed) + 1;
      this.#control.giveRead(place, { offset, bytes: end, stamp: file.stat() });
    } catch {
      // the disk refuses: who waits for the window finds out by himself what is wrong with the file
      this.#control.giveRead(place, { offset, bytes: 0, stamp: noStamp });
    }
  }

  #open({ id, path }: AheadJob): OpenFile {
    if (this.#job !== id) {
      this.leave();
    }
    this.#job = id;
    return (this.#file ??= diskAccess.open(path));
  }

  #scan(index: number, scope: number): void {
    const scanner = this.#scanner;
    const place = this.#control.place(index);
    const rows = scanner.scanAll(place, this.#control.bytesAt(index), scope);
    const { position, lines, area } = scanner;
    this.#control.giveRows(index, { scannedBytes: position, lines, rows, area });
  }
}
