import type { FastifyInstance } from 'fastify'
import { activeAs, ROLES } from '../../domain/record/staff.ts'
import { ADMIN_SECOND_FACTOR_CHOICES, SECOND_APPROVAL_CHOICES } from '../../domain/survey/settings.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { fingerprintText, signingFingerprint } from '../../domain/text/ed25519.ts'
import { securitySheet } from '../../files/guide.ts'
import { lastBackupText } from '../../office/record/backups.ts'
import type { Site } from '../../web/site.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'

interface SheetModel {
  /** How this installation stands today. */
  facts: { label: string; text: string }[]
  asOf: string
  section: { html: string }
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/help/security-sheet': SheetModel
  }
}

/** セキュリティ対策チェックシート: what officers hand to those who answer for the security of all systems, on A4. */
export function securitySheetRoutes(app: FastifyInstance, options: AdminOptions): void {
  app.get('/help/security-sheet', forReaders, async ({ site }, reply) =>
    adminPage(reply, 'admin/help/security-sheet', {
      facts: factsOf(site, options),
      asOf: dateTimeText(options.now()),
      section: { html: securitySheet() },
    }),
  )
}

function factsOf(site: Site, { stores, publicUrl, https, sendsMail }: AdminOptions): SheetModel['facts'] {
  const { signer } = stores
  return [
    { label: '調査の名称', text: site.title },
    {
      label: '公開するアドレス',
      text: `${publicUrl}（通信は、${https ? '暗号化されます' : '暗号化されません'}）`,
    },
    { label: '利用者', text: usersText(stores) },
    { label: '管理者の二段階認証', text: chosen(ADMIN_SECOND_FACTOR_CHOICES, site.adminSecondFactor) },
    { label: '選定の決裁', text: chosen(SECOND_APPROVAL_CHOICES, site.secondApproval) },
    { label: 'メールの送信', text: sendsMail ? '行う' : '行わない' },
    {
      label: '保存期間',
      text: `${site.retentionYears}年（満了日：${site.dated.retentionUntil || '未設定'}）`,
    },
    { label: '最後のバックアップ', text: lastBackupText(stores) ?? '作成した記録がありません' },
    {
      label: '署名鍵の指紋（SHA-256）',
      text: signer ? fingerprintText(signingFingerprint(signer.publicKey)) : 'なし',
    },
  ]
}

function usersText({ staff, secondFactors }: AdminOptions['stores']): string {
  const users = activeAs(staff.users(), 'viewer')
  const counts = ROLES.map(({ id, label }) => `${label}${users.filter(({ role }) => role === id).length}人`)
  const logins = secondFactors.logins()
  const withFactor = users.filter(({ login }) => logins.has(login)).length
  return `${counts.join('、')}（うち二段階認証を設定した人${withFactor}人）`
}

function chosen(choices: readonly { id: string; label: string }[], isOn: boolean): string {
  return choices.find(({ id }) => id === (isOn ? 'yes' : 'no'))!.label
}
