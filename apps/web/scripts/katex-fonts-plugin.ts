import type { Plugin } from 'vite';

/** Every browser we serve reads woff2: the two older formats of KaTeX's fonts would be forty files for nobody. */
export function katexFonts(): Plugin {
  return {
    name: 'katex-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!/katex(?:\.min)?\.css/.test(id)) return undefined;
      return code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g, '');
    },
  };
}
