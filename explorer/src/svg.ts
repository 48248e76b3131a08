// The text of a picture, in the parts that the page treats apart.
//   in : SVG as the program wrote it
//   out: its markup without style sheets, and the style sheets
// The policy of the page refuses style sheets that a parsed document brings along.

const STYLE = /<style>([^<]*)<\/style>/g;

export interface Split { markup: string; styles: string[] }

export function split(text: string): Split {
  return { markup: text.replace(STYLE, ''), styles: [...text.matchAll(STYLE)].map(match => match[1]!) };
}

/** Puts the style sheets back, behind the start tag. */
export function join({ markup, styles }: Split): string {
  return markup.replace(/<svg\b[^>]*>/, start => start + styles.map(style => `<style>${style}</style>`).join(''));
}
