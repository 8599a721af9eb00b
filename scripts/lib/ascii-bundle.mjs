// V8 keeps a source of ASCII at a byte a character and any other at two: 2 MB more in each process for the few Chinese words that error
// messages are looked for. esbuild escapes texts, but neither regexes nor comments.
import fs from 'node:fs';

/** Escapes what is left in the bundles that are written. @type {import('esbuild').Plugin} */
export const asciiBundle = {
  name: 'ascii-bundle',
  setup(build) {
    build.onEnd(({ metafile, errors }) => {
      if (errors.length > 0) {
        return;
      }
      for (const file of Object.keys(metafile?.outputs ?? {}).filter(each =>
        each.endsWith('.js'),
      )) {
        const code = fs.readFileSync(file, 'utf8');
        const escaped = toAscii(code);
        if (escaped !== code) {
          fs.writeFileSync(file, escaped);
        }
      }
    });
  },
};

/**
 * The same program in ASCII: `\u` is as good as the letter in texts and in regexes, whatever their flags, and in a raw text of which a regex is made.
 * @param {string} code
 */
export function toAscii(code) {
  return code.replace(/(\\*)([^\0-\x7f])/g, (_all, slashes, unit) => {
    if (slashes.length % 2 === 1) {
      throw new Error(`a backslash before ${unit}: there is nothing that it could be escaped to`);
    }
    return `${slashes}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
