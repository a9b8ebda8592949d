import type { StabilityMark } from '../../domain/selection/words/stability.ts'
import type { BarSegment } from '../score-bars.ts'

/** What stands in a cell of a page, piece by piece. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string; isMono: boolean; says: string | null; title: string | null }
  | { kind: 'tag'; text: string; tone: Tone }
  /** Below the rest of the cell: a reading, a place. */
  | { kind: 'small'; text: string }
  /** To be ticked by its text, for the form of this id below the list. */
  | {
      kind: 'check'
      text?: string
      name: string
      value: string
      form: string
      isChecked: boolean
      says: string
    }
  | { kind: 'bar'; bar: BarSegment[]; width: number; text: string }
  | { kind: 'stability'; mark: StabilityMark }
  /** Below the rest of the cell, after a tag. */
  | { kind: 'note'; tag: string; text: string }

export type Tone = 'ok' | 'warn' | 'error' | 'muted'

/** `says` is what it is called to whoever hears it without the row around it. */
export function link(
  text: string,
  href: string,
  {
    isMono = false,
    says = null,
    title = null,
  }: { isMono?: boolean; says?: string | null; title?: string | null } = {},
): Part {
  return { kind: 'link', text, href, isMono, says, title }
}

export function tag(tone: Tone, text: string): Part {
  return { kind: 'tag', tone, text }
}

export function hospitalLink(key: string, name: string): Part {
  return link(name, hospitalPath(key))
}

export function hospitalPath(key: string): string {
  return `/admin/hospitals/${encodeURIComponent(key)}`
}

export function submissionLink(number: string): Part {
  return link(number, `/admin/submissions/${number}`, { isMono: true })
}
