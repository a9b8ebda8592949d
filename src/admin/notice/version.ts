import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { published } from '../../domain/notice/notice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { type NoticePage, noticePage, type QuestionShown, questionShown } from '../../web/notice-page.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { stillShows } from '../shown.ts'
import { saveNotice } from './saving.ts'

interface VersionModel extends Pick<NoticePage, 'opening' | 'sections'> {
  version: number
  /** 「流れ」を変更（…） */
  what: string
  isCurrent: boolean
  /** The version that the pages show, carried along. */
  current: number
  /** Somebody else has changed the notice since the page was opened. */
  isStale: boolean
  questions: QuestionShown[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/notice/version': VersionModel
  }
}

type VersionRequest = FastifyRequest<{ Params: { version: string } }>

/** What the notice once said, to be looked at and gone back to. Version 0 is what comes with the program. */
export function versionRoutes(
  app: FastifyInstance,
  { stores, now }: Pick<AdminOptions, 'stores' | 'now'>,
): void {
  const versionOf = (text: string) => (/^\d{1,9}$/.test(text) ? stores.notice.byVersion(Number(text)) : null)

  const show = (reply: FastifyReply, text: string, isStale = false): FastifyReply => {
    const { site } = reply.request
    const found = versionOf(text)
    if (!found) return refusal(reply, 'not-found')
    const { version, notice } = found
    // With what is set today: a version is its texts.
    const asThen = Object.create(site, { notice: { value: notice } }) as typeof site
    const save = stores.notice.saves().find((each) => each.version === version)
    const { opening, sections } = noticePage(asThen, [], null)
    const current = stores.notice.current().version
    return adminPage(reply, 'admin/notice/version', {
      version,
      what: save
        ? `${save.change}（${dateTimeText(save.createdAt)}　${officerNames(stores)(save.author)}）`
        : '（初期設定）',
      isCurrent: current === version,
      current,
      isStale,
      opening,
      sections,
      questions: published(notice.questions).map((question) => questionShown(question, asThen)),
    })
  }

  app.get('/notice/versions/:version', forReaders, async (request: VersionRequest, reply) =>
    show(reply, request.params.version),
  )

  const config = { role: 'officer', act: '御案内を前の版に戻すこと' } as const
  app.post('/notice/versions/:version/restore', { config }, async (request: VersionRequest, reply) => {
    const found = versionOf(request.params.version)
    if (!found) return refusal(reply, 'not-found')
    if (!stillShows(request.body, 'shown', String(stores.notice.current().version)))
      return show(reply.code(409), request.params.version, true)
    const label = found.version === 0 ? '初期設定' : `第${found.version}版`
    saveNotice({ stores, now }, request, `${label}の内容に戻す`, () => found.notice)
    return reply.redirect('/admin/notice?done=restored', 303)
  })
}
