import type { FastifyInstance } from 'fastify'
import type { Hospital } from '../../domain/master/hospital.ts'
import { lateLinkState } from '../../domain/survey/late-link.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import type { Settings } from '../../domain/survey/settings.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { unsealed } from '../session/sealed.ts'
import { linkById } from './link.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/late-links/made': {
      hospital: string
      deadline: string
      url: string
      letter: string
      current: string
    }
  }
}

/** The link just made: shown to its maker, until the page is left. */
export function madeLinkRoutes(
  app: FastifyInstance,
  { stores, now, publicUrl, sessionSecret }: AdminOptions,
): void {
  const { hospitals, submissions } = stores

  app.get<{ Params: { id: string } }>('/late-links/:id/made', forOfficers, async (request, reply) => {
    const link = linkById(stores, request.params.id)
    if (!link) return refusal(reply, 'not-found')
    const { madeLink } = request.session
    if (madeLink?.id !== link.id || lateLinkState(link, now()) !== 'valid')
      return reply.redirect('/admin/late-links?done=left', 303)
    const hospital = hospitals.byCode(link.hospitalCode)!
    const url = `${publicUrl}/late/${unsealed(madeLink.token, sessionSecret)}`
    const deadline = deadlineText({ closesAt: link.expiresAt })
    const current = submissions
      .all()
      .find(({ state, hospitalCode }) => state === 'current' && hospitalCode === hospital.key)
    return adminPage(reply, 'admin/late-links/made', {
      hospital: hospital.name,
      deadline,
      url,
      letter: lateLinkLetter(request.site, { hospital, url, deadline }),
      current: current?.number ?? '',
    })
  })
}

/** The text with which an officer sends a hospital its link, to be copied into a mail. */
function lateLinkLetter(
  settings: Settings,
  { hospital, url, deadline }: { hospital: Pick<Hospital, 'name'>; url: string; deadline: string },
): string {
  return [
    `${hospital.name}　御担当者様`,
    'お世話になっております。',
    `「${settings.title}」について、回答期限後の御回答を受け付けますので、次のリンクから御回答くださいますようお願いいたします。`,
    url,
    `・受付は、${deadline}までです。\n・このリンクから送信できるのは、${hospital.name}の回答1件だけです。\n・リンクを知っている人は回答できますので、貴院の関係者以外には知らせないでください。`,
    '御不明な点は、次の連絡先までお問い合わせください。',
    `${settings.issuer}　${settings.contactSection}\n電話番号：${settings.contactPhone}\nメールアドレス：${settings.contactEmail}`,
  ].join('\n\n')
}
