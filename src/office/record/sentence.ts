import type { AuditValue } from '../../domain/record/audit.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { grouped } from '../../domain/text/grouped.ts'

/** A piece of a sentence: a text, or what leads to the page of what it names. */
export type Piece = string | { text: string; href: string }

/** What a step was about, for the one who puts it into words. */
export interface Step {
  subject: string
  detail: Detail
  names: RecordNames
}

/**
 * One action of the record in words: what follows 「…が、」, in the past and without the full stop. Reasons stand in a
 * place of their own.
 */
export type Sentence = (step: Step) => (Piece | Piece[])[]

/** What the record knows of things by their ids, as people call them; a link where they have a page. */
export interface RecordNames {
  place: Prefecture
  hospital: (key: string) => Piece[]
  submission: (number: string) => Piece[]
  /** 鹿児島 花子 */
  officer: (login: string) => string
  /** The user whom a step is about: 鹿児島 花子（hanako）. */
  user: (login: string) => Piece[]
  /** 初回選定（第2版）, by the subject of the step: round 1 */
  round: (subject: string, edition?: number | null) => Piece[]
  proposal: (id: number | null, subject: string) => Piece[]
  scenario: (subject: string, name: string) => Piece[]
  policy: (subject: string) => Piece[]
}

/** The facts of a step, read without trusting what an earlier program wrote. */
export interface Detail {
  /** '' where there is none. */
  text: (name: string) => string
  /** Whether there is a text, be it a blank one. */
  has: (name: string) => boolean
  number: (name: string) => number | null
  flag: (name: string) => boolean
  list: (name: string) => AuditValue[]
  /** Null where there is none. */
  object: (name: string) => { [key: string]: AuditValue } | null
}

export function detailOf(detail: Record<string, AuditValue>): Detail {
  const text = (name: string) => {
    const value = detail[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    text,
    has: (name) => typeof detail[name] === 'string',
    number: (name) => {
      const value = detail[name]
      return typeof value === 'number' ? value : null
    },
    flag: (name) => detail[name] === true,
    list: (name) => {
      const value = detail[name]
      return Array.isArray(value) ? value : []
    },
    object: (name) => {
      const value = detail[name]
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
    },
  }
}

/** （3病院）; '' where the step does not say how many. */
export function counted(count: number | null, unit: string): string {
  return count === null ? '' : `（${grouped(count)}${unit}）`
}

/** What a recomputation found: （一致：…） */
export function verdictOf({ text, flag }: Detail): string {
  const found = text('text') || (flag('ok') ? '一致' : '不一致')
  return `（${found.replace(/。$/, '')}）`
}

/** The actions of things that belong together: one choice of the filter. */
export interface RecordKind {
  id: string
  label: string
  /** What stands before the dot of their actions, with what it is called where nothing more is known of one. */
  nouns: Readonly<Record<string, string>>
  sentences: Readonly<Record<string, Sentence>>
}
