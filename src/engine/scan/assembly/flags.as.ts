/** What is looked at of a value, as a set; the numbers are those of lineScanner.ts. */
/** The value's kind belongs to the shape. */
export const isValue: u8 = 1;
/** The value itself belongs to the shape. */
export const isLabel: u8 = 2;
/** Something below is looked at. */
export const isWatched: u8 = 4;
/** The names of the object's fields belong to the shape, all of them. */
export const hasNames: u8 = 8;
/** Of a number its order of magnitude belongs to the shape, too. */
export const hasMagnitude: u8 = 16;
/** Of a text nothing but whether there is any belongs to the shape, of a number nothing. */
export const isOpaque: u8 = 32;
/** All elements of an array belong to the shape in their order; else only what sorts of elements there are. */
export const isOrdered: u8 = 64;
/** The value itself belongs to the shape, unless it was said that lines of the shape are read alike with it and others. */
export const isWord: u8 = 128;
