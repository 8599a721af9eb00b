import type { OpenFile } from './fileAccess';
import { Preview, type PreviewOptions } from './preview';

/** The preview of a long file, for as long as there is one: see `Preview`. */
export class NewestFirst {
  private preview: Preview | undefined;
  /** The file must be read in order. */
  private isRefused = false;

  constructor(private readonly options: PreviewOptions) {}

  /** Of the records that are shown. */
  get givenBytes(): number {
    return this.preview?.givenBytes ?? 0;
  }

  get isShown(): boolean {
    return this.preview !== undefined;
  }

  /** Shows the end of a file that is read up to `offset`; false when it must be read in order. */
  begin(file: OpenFile, offset: number, size: number): boolean {
    if (this.isRefused) {
      return false;
    }
    const preview = new Preview(this.options);
    if (Preview.fits(file) && preview.begin(file, offset, size)) {
      this.preview = preview;
      return true;
    }
    this.isRefused = true;
    return false;
  }

  /** Shows what was appended; false when it had to be taken back, because the file is another one or has grown much. */
  follow(file: OpenFile, size: number): boolean {
    if (this.preview?.follow(file, size) !== false) {
      return true;
    }
    this.takeBack();
    return false;
  }

  /** Whether something before this offset is shown. */
  isBefore(offset: number): boolean {
    return this.preview !== undefined && this.preview.start < offset;
  }

  /** From now on it is not shown; returns where it ended. */
  takeBack(): number {
    const end = this.preview?.end ?? 0;
    this.preview?.drop();
    this.preview = undefined;
    return end;
  }
}
