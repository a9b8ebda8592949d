import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LARGEST_ATTACHMENT } from '../../../src/admin/notice/attachment.ts'
import { PROVEN_FOR } from '../../../src/admin/session/guard.ts'
import { SESSION_IDLE, SESSION_LONGEST } from '../../../src/admin/session/session-store.ts'
import { LARGEST_UPLOAD } from '../../../src/admin/upload.ts'
import { MOST_CORRECTED } from '../../../src/db/correction-limit.ts'
import { MOST_SENT } from '../../../src/db/mail-limits.ts'
import { confirmationCode } from '../../../src/domain/answer/receipt.ts'
import { DELAY_RULES } from '../../../src/domain/record/login-delay.ts'
import { PASSWORD_LIMITS } from '../../../src/domain/record/staff.ts'
import { SETTING_DEFAULTS } from '../../../src/domain/survey/settings.ts'
import { SHEET_LIMITS_TEXT } from '../../../src/files/table/limits.ts'
import { DEADLINE } from '../../../src/files/thread/in-thread.ts'
import { WORKBOOK_LIMITS } from '../../../src/files/xlsx/read.ts'
import { COST, oneTimePassword } from '../../../src/office/password.ts'
import { PATIENCE_DAYS } from '../../../src/office/record/backups.ts'
import { DIGITS, PERIOD, RECOVERY_CODES } from '../../../src/office/second-factor.ts'
import { ENTRIES } from '../../../src/record-log.ts'
import { SENDINGS } from '../../../src/survey/answer/send.ts'
import { WRONG_TRIES } from '../../../src/survey/receipt/access.ts'
import { securityHeaders } from '../../../src/web/headers.ts'
import { CONNECTION_LIMITS } from '../../../src/web/limits.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOfficer } from '../../support/officer.ts'
import { addSecondFactor } from '../../support/second-factor.ts'

const sheet = readFileSync('docs/ja/security-sheet.md', 'utf8')
const MB = 1024 * 1024
const seconds = (milliseconds: number) => `${milliseconds / 1000}秒`
const minutes = (milliseconds: number) => `${milliseconds / 60_000}分`
const { pair, network, account, code } = DELAY_RULES
const { head, form, file } = CONNECTION_LIMITS
const [hourly, daily] = MOST_SENT
const [corrected] = MOST_CORRECTED

/** Each number of the sheet in its sentence, from what the program goes by. */
test.each([
  `${PASSWORD_LIMITS.min}文字以上${PASSWORD_LIMITS.max}文字以内です。`,
  `Argon2id（${COST.memoryCost! / 1024}MiB、${COST.timeCost}回）`,
  `無作為の${oneTimePassword().length}文字`,
  `認証アプリの${DIGITS}桁の認証コード（${PERIOD}秒ごとに変わるもの）`,
  `予備のコードを${RECOVERY_CODES}個発行します。`,
  `${pair.free}回失敗すると${pair.first}秒から、失敗のたびに2倍、最長${pair.longest / 60}分待ちます。`,
  `接続元ごとには${network.free}回、ログイン名ごとには${account.free}回（最長${account.longest / 60}分）、認証コードは${code.free}回からです。`,
  `最後の入力から${minutes(PROVEN_FOR)}を過ぎていると`,
  `受付番号と${confirmationCode(new Uint8Array(32), 'x').replace('-', '').length}文字の確認コード`,
  `誤りが10分間に${WRONG_TRIES.untold}回に達した接続元`,
  `10分間に${WRONG_TRIES.ofNumber}回までです。`,
  `| ${minutes(SESSION_IDLE)}でログインが終了します。`,
  `${SESSION_LONGEST / 3_600_000}時間で終了します。`,
  `ヘッダーは${seconds(head)}、フォームは${seconds(form)}、担当者によるファイルは${minutes(file)}で打ち切り`,
  `${ENTRIES}件ごと、記録があれば1時間ごとに出力します。`,
  `${PATIENCE_DAYS}日以上作成していないと`,
  `CSVとExcelブック（.xlsx）は${LARGEST_UPLOAD / MB}MBまで、御案内の資料のPDFは${LARGEST_ATTACHMENT / MB}MBまで`,
  `| ${SHEET_LIMITS_TEXT}です。`,
  `展開後の合計${WORKBOOK_LIMITS.bytes / 1_000_000}MB、中のファイル${WORKBOOK_LIMITS.files.toLocaleString('ja-JP')}個まで、${seconds(DEADLINE)}で打ち切ります。`,
  `1つの接続元からの回答は10分間に${SENDINGS.max}件、1つの回答の訂正は1時間に${corrected.most}回、1つの宛先への受付のお知らせは1時間に${hourly.most}通、1日に${daily.most}通まで`,
  `初期設定は${SETTING_DEFAULTS.retentionYears}年です。`,
])('the sheet says: %s', (sentence) => {
  expect(sheet).toContain(sentence)
})

test('what the sheet says of other things is so as well', () => {
  expect(SENDINGS.timeWindow).toBe('10 minutes')
  expect(hourly.within * 24).toBe(daily.within)
  expect(SETTING_DEFAULTS.adminSecondFactor).toBe('no')
  expect(securityHeaders({ https: true })['strict-transport-security']).toContain(`${365 * 24 * 3600}`)
  // The same document serves every prefecture.
  expect(sheet).not.toMatch(/[^都道府]県|鹿児島/)
})

const office = officeWith({ environment: { PUBLIC_URL: 'http://kakuho.example' } })
const reader = office.officer({ login: 'ido', role: 'viewer' })

test('officers find it, with what is so today, every line of the document, and blanks to fill in', async () => {
  await addOfficer(office, { login: 'tanto' })
  addSecondFactor(office, 'tanto')
  const help = await reader.page('/admin/help')
  expect(help.querySelector('main a[href="/admin/help/security-sheet"]')).not.toBeNull()
  const page = htmlOf(await reader.get('/admin/help/security-sheet'))
  expect(textOf(page, 'h1')).toBe(sheet.split('\n')[0]!.replace('# ', ''))
  const facts = page.querySelector('section.security-sheet')!.textContent!
  expect(facts).toContain('http://kakuho.example（通信は、暗号化されません）')
  expect(facts).toContain('管理者0人、担当者1人、閲覧者1人（うち二段階認証を設定した人1人）')
  expect(facts).toContain('作成した記録がありません')
  const lines = sheet.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  expect(page.querySelectorAll('div.security-sheet tr')).toHaveLength(lines.length)
  expect(page.querySelectorAll('div.security-sheet .security-sheet__blank')).toHaveLength(
    sheet.split('【記入欄】').length - 2 + 1,
  )
})
