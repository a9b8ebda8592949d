import type { FastifyInstance, FastifyReply } from 'fastify'
import { moved, type Notice, OPENING } from '../../domain/notice/notice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type AttachmentShown, attachmentShown } from '../../web/notice-page.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { stillShows } from '../shown.ts'
import { type AttachmentTyped, attachmentRoutes } from './attachment.ts'
import { type Confirmed, confirmationRoutes, confirmedNotice } from './confirmation.ts'
import { previewRoutes } from './preview.ts'
import { questionRoutes } from './question.ts'
import { saveNotice } from './saving.ts'
import { sectionRoutes } from './section.ts'
import { versionRoutes } from './version.ts'

/** A line of a list whose order can be changed. */
interface Part {
  id: string
  label: string
  href: string
  isWithdrawn: boolean
  isFirst: boolean
  isLast: boolean
  /** The opening stands first, on every page. */
  isFixed: boolean
}

interface NoticeModel {
  /** 0 while nothing differs from what comes with the program. */
  version: number
  sections: Part[]
  questions: (Part & { group: string; beside: boolean })[]
  attachments: (AttachmentShown & { id: number; name: string; since: string })[]
  saves: { version: number; what: string; who: string; at: string }[]
  confirmed: Confirmed
  upload: AttachmentTyped
  errorSummary: ErrorLine[]
  done: string
  /** Somebody else has changed it since the page was opened. */
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/notice/notice': NoticeModel
  }
}

const DONE: ReadonlyMap<string, string> = new Map([
  ['section-added', '見出しを追加しました'],
  ['section-changed', '本文を変更しました'],
  ['question-added', 'Q&Aを追加しました'],
  ['question-changed', 'Q&Aを変更しました'],
  ['arranged', '掲載の順序と内容を変更しました'],
  ['attached', '資料を掲載しました'],
  ['detached', '資料の掲載を取りやめました'],
  ['confirmed', '今回の内容であることを確認した、と記録しました'],
  ['restored', '前の版の内容に戻しました'],
])

/** What the hospitals read: the notice's sections, the questions and answers, the files beside it. */
export function noticeRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options

  const show = (
    reply: FastifyReply,
    upload: AttachmentTyped = NOTHING_TYPED,
    isStale = false,
  ): FastifyReply => {
    const { version, notice } = stores.notice.current()
    const nameOf = officerNames(stores)
    return adminPage(reply, 'admin/notice/notice', {
      version,
      sections: sectionParts(notice),
      questions: questionParts(notice),
      attachments: stores.attachments.current().map((each) => ({
        ...attachmentShown(each),
        id: each.id,
        name: each.name,
        since: `${dateTimeText(each.createdAt)}　${nameOf(each.author)}`,
      })),
      saves: stores.notice.saves().map(({ version: saved, change, author, createdAt }) => ({
        version: saved,
        what: change,
        who: nameOf(author),
        at: dateTimeText(createdAt),
      })),
      confirmed: confirmedNotice(stores),
      upload,
      errorSummary: errorLines(upload.errors),
      done: DONE.get(fieldsOf(reply.request.query).get('done')) ?? '',
      isStale,
    })
  }

  app.get('/notice', forReaders, async (_request, reply) => show(reply))

  const config = { role: 'officer', act: '掲載の順序と内容の変更' } as const
  app.post('/notice/arrange', { config }, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const [kind, id] = [fields.get('kind'), fields.get('id')]
    const act = ARRANGEMENTS.get(fields.get('act'))
    if (!act || (kind !== 'sections' && kind !== 'questions')) return refusal(reply, 'not-found')
    const { version, notice } = stores.notice.current()
    if (!stillShows(request.body, 'shown', String(version))) return show(reply.code(409), NOTHING_TYPED, true)
    const label = labelOf(notice, kind, id)
    if (label === null) return refusal(reply, 'not-found')
    saveNotice(options, request, `${label}${act.what}`, (before) => arranged(before, kind, id, act))
    return reply.redirect(`/admin/notice?done=arranged#${kind === 'sections' ? 'notice' : 'qa'}`, 303)
  })

  sectionRoutes(app, options)
  questionRoutes(app, options)
  attachmentRoutes(app, options, show)
  confirmationRoutes(app, options, (reply) => show(reply, NOTHING_TYPED, true))
  previewRoutes(app, stores)
  versionRoutes(app, { stores, now })
}

const NOTHING_TYPED: AttachmentTyped = { title: '', errors: {} }

type Kind = 'sections' | 'questions'
interface Arrangement {
  what: string
  by?: 1 | -1
  isWithdrawn?: boolean
}

const ARRANGEMENTS: ReadonlyMap<string, Arrangement> = new Map([
  ['up', { what: 'を1つ前に移動', by: -1 }],
  ['down', { what: 'を1つ後に移動', by: 1 }],
  ['withdraw', { what: 'の掲載を取りやめ', isWithdrawn: true }],
  ['restore', { what: 'を再び掲載', isWithdrawn: false }],
])

function arranged(notice: Notice, kind: Kind, id: string, { by, isWithdrawn }: Arrangement): Notice {
  const changed = <Each extends { isWithdrawn: boolean }>(parts: Each[], idOf: (part: Each) => string) => {
    const place = parts.findIndex((part) => idOf(part) === id)
    if (by === undefined)
      return parts.map((part, index) =>
        index === place ? { ...part, isWithdrawn: isWithdrawn ?? part.isWithdrawn } : part,
      )
    return moved(parts, place, by)
  }
  if (kind === 'questions')
    return { ...notice, questions: changed(notice.questions, ({ number }) => String(number)) }
  const [opening, rest] = [
    notice.sections.filter((each) => each.id === OPENING),
    notice.sections.filter((each) => each.id !== OPENING),
  ]
  return { ...notice, sections: [...opening, ...changed(rest, (each) => each.id)] }
}

function labelOf({ sections, questions }: Notice, kind: Kind, id: string): string | null {
  if (kind === 'questions') return questions.some(({ number }) => String(number) === id) ? `Q${id}` : null
  const section = sections.find((each) => each.id === id && id !== OPENING)
  return section ? `「${section.heading}」` : null
}

function sectionParts({ sections }: Notice): Part[] {
  return sections.map(({ id, heading, isWithdrawn }, index) => ({
    id,
    label: id === OPENING ? '前文' : heading,
    href: `/admin/notice/sections/${id}`,
    isWithdrawn,
    isFixed: id === OPENING,
    isFirst: index <= 1,
    isLast: index === sections.length - 1,
  }))
}

function questionParts({ questions }: Notice): NoticeModel['questions'] {
  return questions.map(({ number, question, group, beside, isWithdrawn }, index) => ({
    id: String(number),
    label: `Q${number}　${question.replace(/[{}［］]/g, '')}`,
    href: `/admin/notice/questions/${number}`,
    isWithdrawn,
    isFixed: false,
    isFirst: index === 0,
    isLast: index === questions.length - 1,
    group,
    beside: beside !== null,
  }))
}
