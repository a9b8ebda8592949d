import { randomInt } from 'node:crypto'

/** Letters and digits that nobody takes for another when they are read out or copied from paper. */
const READABLE = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Five bits a character, drawn by chance. */
export function readableText(length: number): string {
  return Array.from({ length }, () => READABLE[randomInt(READABLE.length)]!).join('')
}
