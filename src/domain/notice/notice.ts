import { z } from 'zod'
import { questionOf } from '../answer/questions.ts'
import type { Choice } from '../text/choice.ts'

/** A part of the notice under its heading. The opening has none. */
export interface NoticeSection {
  /** Its place on the page, `#flow`; it stays when the heading changes. */
  id: string
  heading: string
  /** As `markedText` reads it, with `PLACEHOLDERS`. */
  text: string
  /** Taken off the page; it can be put back. */
  isWithdrawn: boolean
}

/** 事業に関するQ&A. */
export interface NoticeQuestion {
  /** 1 to 99: the ministry's where it has one. `/qa#q5` leads to number 5. */
  number: number
  /** The heading under which it stands. */
  group: string
  question: string
  /** As `markedText` reads it. */
  answer: string
  /** The question of the form beside which it stands as well. */
  beside: BesideId | null
  isWithdrawn: boolean
}

/** What the prefecture tells the hospitals, in its order: one document, of which every change makes a version. */
export interface Notice {
  sections: NoticeSection[]
  questions: NoticeQuestion[]
}

export const BESIDE_IDS = ['emr', 'intent', 'gmisConsent'] as const
export type BesideId = (typeof BESIDE_IDS)[number]
export const BESIDE_CHOICES: readonly Choice<BesideId>[] = BESIDE_IDS.map((id) => {
  const { number, label } = questionOf(id)
  return { id, label: `${number}　${label}` }
})

/** The first section: the letter's own words, without a heading. */
export const OPENING = 'opening'

/** Longest texts, in characters; and how many of each a notice may have. */
export const NOTICE_LIMITS = {
  heading: 60,
  text: 4000,
  group: 40,
  question: 300,
  answer: 2000,
  sections: 20,
  questions: 99,
} as const

const schema: z.ZodType<Notice> = z.object({
  sections: z.array(
    z.object({ id: z.string(), heading: z.string(), text: z.string(), isWithdrawn: z.boolean() }),
  ),
  questions: z.array(
    z.object({
      number: z.number().int().min(1).max(99),
      group: z.string(),
      question: z.string(),
      answer: z.string(),
      beside: z.enum(BESIDE_IDS).nullable(),
      isWithdrawn: z.boolean(),
    }),
  ),
})

/** A stored version. @throws where it is none */
export function readNotice(stored: string): Notice {
  return schema.parse(JSON.parse(stored))
}

/** What stands on the pages. */
export function published<Part extends { isWithdrawn: boolean }>(parts: readonly Part[]): Part[] {
  return parts.filter(({ isWithdrawn }) => !isWithdrawn)
}

/** In the order of their numbers, beside a question of the form. */
export function questionsBeside({ questions }: Notice, id: BesideId): NoticeQuestion[] {
  return published(questions)
    .filter(({ beside }) => beside === id)
    .sort((a, b) => a.number - b.number)
}

/** Under their headings, each where its first question stands. */
export function questionGroups({ questions }: Notice): { heading: string; questions: NoticeQuestion[] }[] {
  const groups = Map.groupBy(published(questions), ({ group }) => group)
  return [...groups].map(([heading, inGroup]) => ({ heading, questions: inGroup }))
}

/** An id that no section had. */
export function newSectionId({ sections }: Notice): string {
  const numbers = sections.map(({ id }) => Number(/^section-(\d+)$/.exec(id)?.[1] ?? 0))
  return `section-${numbers.reduce((most, number) => Math.max(most, number), 0) + 1}`
}

/** The parts with one moved by a place; at the end it stays. */
export function moved<Part>(parts: readonly Part[], from: number, by: 1 | -1): Part[] {
  const to = from + by
  if (from < 0 || to < 0 || to >= parts.length) return [...parts]
  return parts.toSpliced(from, 1).toSpliced(to, 0, parts[from]!)
}
