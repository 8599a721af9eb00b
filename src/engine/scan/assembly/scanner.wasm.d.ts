/** What scanner.as.ts compiles to. */
declare const bytes: Uint8Array<ArrayBuffer>;
export default bytes;
