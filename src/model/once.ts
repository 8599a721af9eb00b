/** A value that is made when it is asked for first: formatters of `Intl`, say, of which the first of a thread takes 12 ms. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
