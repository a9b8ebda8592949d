import { askedFurther } from '../domain/answer/further.ts'
import type { Question } from '../domain/answer/questions.ts'
import { isFurther, questionsWith } from '../domain/answer/with-further.ts'
import type { OrderNotice } from '../domain/lot/notice.ts'
import { type Block, markedText } from '../domain/notice/marked-text.ts'
import {
  type BesideId,
  type NoticeQuestion,
  type NoticeSection,
  OPENING,
  published,
  questionGroups,
  questionsBeside,
} from '../domain/notice/notice.ts'
import { filledText } from '../domain/notice/placeholders.ts'
import type { Site } from './site.ts'

/** A section as its page shows it. */
interface SectionShown {
  id: string
  /** '' of the opening. */
  heading: string
  blocks: Block[]
}

/** A question and answer as its page shows it. */
export interface QuestionShown {
  number: number
  question: string
  blocks: Block[]
}

export interface QuestionGroup {
  id: string
  heading: string
  questions: QuestionShown[]
}

/** A PDF that the pages name. */
export interface AttachmentShown {
  href: string
  title: string
  /** 1.2MB */
  size: string
}

/** The letter to the hospitals. */
export interface NoticePage {
  /** The title in the two parts in which it is read: what about, and that it is a survey. */
  heading: { subject: string; act: string }
  /** 課長 and the like: letters go out under the head's title. */
  issuerHead: string
  opening: Block[]
  sections: SectionShown[]
  attachments: AttachmentShown[]
  /** What the form asks in this edition only. */
  further: Pick<Question, 'number' | 'label' | 'required'>[]
  /** How equal hospitals are ordered; null where there is nothing to say. */
  order: OrderNotice | null
}

/** Of the hospitals' page and of the officers' preview. */
export function noticePage(
  site: Site,
  attachments: readonly AttachmentShown[],
  order: OrderNotice | null,
): NoticePage {
  const sections = published(site.notice.sections).map((section) => sectionShown(section, site))
  const { issuer } = site
  return {
    heading: noticeHeading(site),
    issuerHead: /[課室局部]$/.test(issuer) ? `${issuer}長` : issuer,
    opening: sections.find(({ id }) => id === OPENING)?.blocks ?? [],
    sections: sections.filter(({ id }) => id !== OPENING),
    attachments: [...attachments],
    further: questionsWith(askedFurther(site.further)).filter(isFurther),
    order,
  }
}

export function noticeHeading({ title }: Pick<Site, 'title'>): NoticePage['heading'] {
  const subject = title.replace(/調査$/, '')
  return subject === title
    ? { subject: `${title}の`, act: '実施について' }
    : { subject, act: '調査の実施について' }
}

export function sectionShown({ id, heading, text }: NoticeSection, site: Site): SectionShown {
  return { id, heading, blocks: shown(text, site) }
}

/** All that are published, grouped for reading. */
export function groupsShown(site: Site): QuestionGroup[] {
  return questionGroups(site.notice).map(({ heading, questions }, index) => ({
    id: `group-${index + 1}`,
    heading,
    questions: questions.map((question) => questionShown(question, site)),
  }))
}

/** The ones that help with a question of the form. */
export function besideShown(site: Site, id: BesideId): QuestionShown[] {
  return questionsBeside(site.notice, id).map((question) => questionShown(question, site))
}

export function questionShown({ number, question, answer }: NoticeQuestion, site: Site): QuestionShown {
  return { number, question: filledText(question, site), blocks: shown(answer, site) }
}

export function attachmentShown({
  name,
  title,
  size,
}: {
  name: string
  title: string
  size: number
}): AttachmentShown {
  return { href: `/attachments/${encodeURIComponent(name)}`, title, size: sizeText(size) }
}

/** 350KB, 1.2MB */
function sizeText(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))}KB`
    : `${(bytes / 1_000_000).toFixed(1)}MB`
}

function shown(text: string, site: Site): Block[] {
  const numbers = new Set(published(site.notice.questions).map(({ number }) => number))
  return markedText(filledText(text, site), numbers)
}
