import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Block } from '../../domain/notice/marked-text.ts'
import {
  NOTICE_LIMITS,
  type Notice,
  type NoticeSection,
  newSectionId,
  OPENING,
} from '../../domain/notice/notice.ts'
import { PLACEHOLDERS } from '../../domain/notice/placeholders.ts'
import { normaliseMultiline, normaliseText, within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'
import { sectionShown } from '../../web/notice-page.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { stillShows } from '../shown.ts'
import { saveNotice, standingOf } from './saving.ts'
import { textError } from './text-errors.ts'

interface SectionModel {
  /** null of a new one. */
  id: string | null
  /** Of the stored one, for whoever looks at what it is about. */
  name: string
  /** The opening has no heading of its own. */
  hasHeading: boolean
  typed: TypedSection
  errors: SectionErrors
  errorSummary: ErrorLine[]
  preview: { heading: string; blocks: Block[] } | null
  shown: string
  /** As somebody else has stored it meanwhile; null where nobody has. */
  meanwhile: string | null
  placeholders: readonly { name: string; now: string }[]
}

interface TypedSection {
  heading: string
  text: string
}

type SectionErrors = Partial<Record<keyof TypedSection, string | null>>

declare module '../page.ts' {
  interface AdminViews {
    'admin/notice/section': SectionModel
  }
}

type SectionRequest = FastifyRequest<{ Params: { section: string } }>

/** A section of the notice, written and looked at before it is saved. */
export function sectionRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const sectionOf = (id: string) => stores.notice.current().notice.sections.find((each) => each.id === id)

  app.get('/notice/sections/new', forOfficers, async (_request, reply) =>
    sectionPage(reply, null, { heading: '', text: '' }),
  )

  app.get('/notice/sections/:section', forOfficers, async (request: SectionRequest, reply) => {
    const section = sectionOf(request.params.section)
    return section ? sectionPage(reply, section, section) : refusal(reply, 'not-found')
  })

  const config = { role: 'officer', act: '御案内の本文の変更' } as const
  app.post('/notice/sections/new', { config }, async (request, reply) => {
    const typed = typedSection(request.body)
    const errors = sectionErrors(typed, true)
    const full = stores.notice.current().notice.sections.length >= NOTICE_LIMITS.sections
    if (full)
      errors.heading ??= `見出しは${NOTICE_LIMITS.sections}までです。使わない見出しの本文を書き換えてください。`
    const refused = answered(reply, null, typed, errors)
    if (refused) return refused
    saveNotice({ stores, now }, request, `見出し「${typed.heading}」を追加`, (notice) => ({
      ...notice,
      sections: [...notice.sections, { id: newSectionId(notice), ...typed, isWithdrawn: false }],
    }))
    return reply.redirect('/admin/notice?done=section-added', 303)
  })

  app.post('/notice/sections/:section', { config }, async (request: SectionRequest, reply) => {
    const section = sectionOf(request.params.section)
    if (!section) return refusal(reply, 'not-found')
    const typed = typedSection(request.body)
    const refused = answered(reply, section, typed, sectionErrors(typed, section.id !== OPENING))
    if (refused) return refused
    if (!stillShows(request.body, 'shown', standingOf(section)))
      return sectionPage(reply.code(409), section, typed, { meanwhile: section.text })
    saveNotice({ stores, now }, request, `「${nameOf(section)}」の本文を変更`, (notice) =>
      withSection(notice, section.id, typed),
    )
    return reply.redirect('/admin/notice?done=section-changed', 303)
  })
}

/** The form again, where something is wrong or only a look was asked for; null where it can be saved. */
function answered(
  reply: FastifyReply,
  section: NoticeSection | null,
  typed: TypedSection,
  errors: SectionErrors,
): FastifyReply | null {
  const lines = errorLines({ ...errors })
  if (lines.length > 0) return sectionPage(reply.code(422), section, typed, { errors })
  const isLook = fieldsOf(reply.request.body).get('preview') === 'yes'
  return isLook ? sectionPage(reply, section, typed, { isLook }) : null
}

function withSection(notice: Notice, id: string, typed: TypedSection): Notice {
  const sections = notice.sections.map((each) => (each.id === id ? { ...each, ...typed } : each))
  return { ...notice, sections }
}

function nameOf({ id, heading }: NoticeSection): string {
  return id === OPENING ? '前文' : heading
}

function typedSection(body: unknown): TypedSection {
  const fields = fieldsOf(body)
  return {
    heading: within(NOTICE_LIMITS.heading, normaliseText)(fields.get('heading')),
    text: within(NOTICE_LIMITS.text, normaliseMultiline)(fields.get('text')),
  }
}

function sectionErrors({ heading, text }: TypedSection, hasHeading: boolean): SectionErrors {
  return {
    heading: hasHeading ? textError('見出し', heading, NOTICE_LIMITS.heading) : null,
    text: textError('本文', text, NOTICE_LIMITS.text),
  }
}

interface SectionState {
  errors?: SectionErrors
  isLook?: boolean
  meanwhile?: string
}

function sectionPage(
  reply: FastifyReply,
  section: NoticeSection | null,
  typed: TypedSection,
  { errors = {}, isLook = false, meanwhile }: SectionState = {},
): FastifyReply {
  const { site } = reply.request
  const asTyped = { id: '', isWithdrawn: false, heading: typed.heading, text: typed.text }
  return adminPage(reply, 'admin/notice/section', {
    id: section?.id ?? null,
    name: section ? nameOf(section) : '',
    hasHeading: section?.id !== OPENING,
    typed: { heading: typed.heading, text: typed.text },
    errors,
    errorSummary: errorLines({ ...errors }),
    preview: isLook ? sectionShown(asTyped, site) : null,
    shown: standingOf(section),
    meanwhile: meanwhile ?? null,
    placeholders: PLACEHOLDERS.map(({ name, read }) => ({ name, now: read(site) })),
  })
}
