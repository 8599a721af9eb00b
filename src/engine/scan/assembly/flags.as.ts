/** What is looked at of a value, as a set; the numbers are those of lineScanner.ts. */
/** The value's kind belongs to the shape. */
export const isValue: u16 = 1;
/** The value itself belongs to the shape. */
export const isLabel: u16 = 2;
/** Something below is looked at. */
export const isWatched: u16 = 4;
/** The names of the object's fields belong to the shape, all of them. */
export const hasNames: u16 = 8;
/** Of a number its order of magnitude belongs to the shape, too. */
export const hasMagnitude: u16 = 16;
/** Of a text nothing but whether there is any belongs to the shape, of a number nothing. */
export const isOpaque: u16 = 32;
/** All elements of an array, and the fields of an object, belong to the shape in their order; else only which there are. */
export const isOrdered: u16 = 64;
/** The value itself belongs to the shape, unless it was said that lines of the shape are read alike with it and others. */
export const isWord: u16 = 128;
/** Of a number it belongs to the shape whether it is small, large, or as most are: a rough order of magnitude. */
export const hasRange: u16 = 256;
/** Of an id of which sorts of digits and letters it is, and of a number whether it has decimals, is no part of the shape. */
export const isMixed: u16 = 512;
/** Of a text of which nothing else is, what was said of it belongs to the shape, see `setText`. */
export const hasTexts: u16 = 1024;
/** A line with such a text of which nothing was said is not taken. */
export const isAsked: u16 = 2048;
