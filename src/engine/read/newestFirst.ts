import type { PreviewSize } from './bounds';
import type { OpenFile } from './fileAccess';
import type { FileContent } from './fileContent';
import type { NextLook } from './fileTailOptions';
import { Preview, type PreviewOptions } from './preview';

/** A file that is to be read on. */
export interface NewestFirstLook {
  readonly file: OpenFile;
  readonly content: FileContent;
  /** Bytes. */
  readonly size: number;
  /** It is not to be read, only its end is shown. */
  readonly isStopped: boolean;
  /** Since the last look. */
  readonly hasChanged: boolean;
}

/**
 * The order in which a long file is read: its beginning, then its end as a preview, a little of it first and more in the next turn,
 * then the rest: see `Preview`.
 */
export class NewestFirst {
  private preview: Preview | undefined;
  /** Only what one sees at once is shown yet. */
  private isGlimpse = false;
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

  /** `read` reads the next window. `stopped`: it was not called. `begun`: the end was shown in this turn. */
  read(look: NewestFirstLook, read: () => NextLook): NextLook | 'stopped' | 'begun' {
    const { file, content, size, isStopped, hasChanged } = look;
    const { bounds } = this.options;
    if (content.consumed.offset === 0) {
      const next = read();
      this.isGlimpse = next === 'now' && this.begin(look, bounds.glimpse);
      return this.isGlimpse ? 'begun' : next;
    }
    if (!this.isShown) {
      this.begin(look, bounds.whole);
    } else if (this.isGlimpse) {
      this.isGlimpse = false;
      this.takeBack();
      if (this.begin(look, bounds.whole) && !isStopped) {
        return 'begun';
      }
    } else if (hasChanged && !this.follow(file, size)) {
      return 'now';
    }
    if (isStopped) {
      return 'stopped';
    }
    const isNext =
      this.preview !== undefined &&
      this.preview.start < content.consumed.offset + content.windowBytes;
    return isNext ? this.readOn(content, read) : read();
  }

  /** Shows the end of a file; false when it must be read in order. */
  private begin({ file, content, size, isStopped }: NewestFirstLook, most: PreviewSize): boolean {
    const { offset } = content.consumed;
    const isFar = isStopped || size - offset > this.options.bounds.fromBytes;
    if (offset === 0 || !isFar || !content.isOfLines || this.isRefused) {
      return false;
    }
    const preview = new Preview(this.options);
    if (Preview.fits(file) && preview.begin(file, offset, size, most)) {
      this.preview = preview;
      return true;
    }
    this.isRefused = true;
    return false;
  }

  /** Shows what was appended; false when it had to be taken back, because the file is another one or has grown much. */
  private follow(file: OpenFile, size: number): boolean {
    if (this.preview?.follow(file, size) !== false) {
      return true;
    }
    this.takeBack();
    return false;
  }

  /** Reading has come to what is shown: it is taken back and read in the same turn. */
  private readOn(content: FileContent, read: () => NextLook): NextLook {
    const end = this.preview?.end ?? 0;
    this.takeBack();
    for (;;) {
      const { windowBytes } = content;
      const { offset } = content.consumed;
      const next = read();
      // a file that is cut right now gives nothing any more: the next look sees that
      const hasMoved = content.consumed.offset > offset || content.windowBytes > windowBytes;
      if (next !== 'now' || content.consumed.offset >= end || !hasMoved) {
        return next;
      }
    }
  }

  private takeBack(): void {
    this.preview?.drop();
    this.preview = undefined;
  }
}
