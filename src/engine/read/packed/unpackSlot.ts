/** Only one file of a source at a time holds an unpacked entry: of a thousand archives one is in memory. */
export class UnpackSlot {
  private holder: object | undefined;

  isFreeFor(asking: object): boolean {
    return this.holder === undefined || this.holder === asking;
  }

  take(holder: object): void {
    this.holder = holder;
  }

  release(holder: object): void {
    if (this.holder === holder) {
      this.holder = undefined;
    }
  }
}
