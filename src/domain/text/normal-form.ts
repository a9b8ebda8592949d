/**
 * Unicode's normal form, in time that grows with the text. It puts the marks on a letter in order, which costs the square
 * of their number: a text with more of them in a row than any language has (UAX #15 draws the line at 30) stays as it is.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string {
  return TOO_MANY_MARKS[form].test(text) ? text : text.normalize(form)
}

/** NFKC makes marks of the half-width ﾞ and ﾟ. */
const TOO_MANY_MARKS = { NFC: /\p{M}{31}/u, NFKC: /[\p{M}ﾞﾟ]{31}/u, NFKD: /[\p{M}ﾞﾟ]{31}/u } as const
