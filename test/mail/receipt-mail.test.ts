import { expect, test } from 'vitest'
import { confirmationCode } from '../../src/domain/answer/receipt.ts'
import { receiptMail, receiptMailsFrom } from '../../src/mail/receipt-mail.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, minutesAfter, NOON } from '../support/database.ts'
import { RECEIPT_KEY } from '../support/receipts.ts'

const database = databaseForEach()

const PUBLIC_URL = 'https://kakuho.pref.example.jp'

function mailOf(submission = database.send(aSubmission()).submission) {
  return receiptMailsFrom(database.stores, PUBLIC_URL)(submission)
}

test('the receipt says what was received when, and where it is', () => {
  const { submission } = database.send(aSubmission())
  const CODE = confirmationCode(RECEIPT_KEY, submission.submissionId)
  expect(mailOf(submission)).toEqual({
    recipient: 'hanako@hospital.example.jp',
    subject: '【鹿児島県】回答を受け付けました（受付番号R-0001）',
    body: `御担当者様

「医療機関におけるサイバーセキュリティ確保事業の対象病院選定に係る調査」について、次のとおり回答を受け付けました。

病院名：試験病院
受付番号：R-0001
確認コード：${CODE}
受付日時：令和6年3月11日（月）12時00分

回答の内容は、次のページで確認できます。このページを開くと回答の訂正や取下げもできますので、このメールを貴院の関係者以外に転送しないでください。
https://kakuho.pref.example.jp/receipts/R-0001/${CODE}

回答の訂正や取下げは、令和6年3月18日（月）24時までできます。その後は、次の連絡先に御相談ください。

このメールは、送信専用のアドレスから自動でお送りしています。御返信いただいてもお答えできません。お心当たりのない場合は、お手数ですが、次の連絡先にお知らせください。

鹿児島県くらし保健福祉部保健医療福祉課　医務係
電話番号：099-286-2707
メールアドレス：imushika@pref.kagoshima.lg.jp`,
  })
})

test('a correction says so, with both times', () => {
  const { number } = database.send(aSubmission()).submission
  const context = { at: minutesAfter(NOON, 65), actor: 'hospital:R-0001' }
  const { submission } = database.stores.submissions.correct(number, aSubmission({ emr: 'none' }), context)
  const mail = mailOf(submission)
  expect(mail?.subject).toBe('【鹿児島県】回答の訂正を受け付けました（受付番号R-0001）')
  expect(mail?.body).toContain('次のとおり回答の訂正を受け付けました。')
  expect(mail?.body).toContain(
    '受付日時：令和6年3月11日（月）12時00分\n訂正日時：令和6年3月11日（月）13時05分',
  )
})

test('a withdrawn answer says so, and how to answer again', () => {
  const { number } = database.send(aSubmission()).submission
  const { submissions } = database.stores
  submissions.withdraw(number, { at: minutesAfter(NOON, 65), actor: 'hospital:R-0001' })
  const mail = mailOf(submissions.byNumber(number)!)
  expect(mail?.subject).toBe('【鹿児島県】回答の取下げを受け付けました（受付番号R-0001）')
  expect(mail?.body).toContain('取下げ日時：令和6年3月11日（月）13時05分')
  expect(mail?.body).toContain(
    '改めて回答する場合は、令和6年3月18日（月）24時までに回答フォームから送信してください。',
  )
  expect(mail?.body).not.toContain('訂正や取下げ')
})

test('an answer that waits says for what', () => {
  database.send(aSubmission())
  const { submission } = database.send(aSubmission({ intent: 'none' }))
  expect(mailOf(submission)?.body).toContain('別の回答も届いています')
})

test('what it says of an answer stays true: it is of the time at which it was sent, by what is so then', () => {
  const { submissions } = database.stores
  const decision = { actor: 'tanto', at: minutesAfter(NOON, 60), reason: '電話で確認' }
  database.send(aSubmission())
  const { number } = database.send(aSubmission({ intent: 'none' })).submission
  const body = () => mailOf(submissions.byNumber(number)!)!.body
  const later = 'このメールをお送りした時点の取扱いです。最新の取扱いは、受付票で確認できます。'
  expect(body()).toContain('現在は、別の回答を有効として取り扱っています。')
  expect(body()).toContain(later)
  submissions.close(number, decision)
  expect(body()).toContain('県が確認し、別の回答を有効としました。')
  expect(body()).toContain(later)
  submissions.withdraw('R-0001', { at: decision.at, actor: null })
  expect(body()).toContain('現在、有効として取り扱っている回答はありません。')
  submissions.makeCurrent(number, decision)
  expect(body()).not.toMatch(/別の回答|取り扱って/)
  database.stores.settings.change({ prefecture: '京都府' }, { actor: 'test', at: NOON })
  database.send(aSubmission())
  expect(mailOf(submissions.byNumber('R-0003')!)!.body).toContain('府の担当者が')
})

test('nothing that was typed is repeated: the form cannot be made to send somebody’s words', () => {
  const words = 'https://evil.example.com/'
  const { submission } = database.send(
    aSubmission({
      hospitalCode: 'other',
      hospitalName: words,
      hospitalAddress: words,
      hospitalBeds: '30',
      contactName: words,
      department: words,
      remarks: words,
    }),
  )
  const mail = mailOf(submission)
  expect(JSON.stringify(mail)).not.toContain('evil')
  expect(mail?.body).not.toContain('病院名：')
  expect(mail?.body).toContain('担当者が病院を確認した後に有効となります')
})

test('after the deadline the mail does not promise what no longer works', () => {
  const late = database.send(aSubmission(), { at: new Date('2024-03-19T00:00:00Z') }).submission
  expect(mailOf(late)?.body).toContain('回答期限を過ぎているため')
  expect(mailOf(late)?.body).not.toContain('までできます')
})

test('a setting with a line break stays one subject', () => {
  const { submission } = database.send(aSubmission())
  const settings = { ...database.stores.settings.read(), prefecture: '鹿児島県\r\nBcc: evil@example.com' }
  const facts = { hospitalName: null, receiptWay: PUBLIC_URL, hasCurrent: true, hasOthers: false, lot: null }
  const mail = receiptMail({ ...facts, settings, submission })
  expect(mail?.subject).not.toMatch(/[\r\n]/)
})

test('what is not one address gets no mail', () => {
  const { submission } = database.send(aSubmission())
  const email = 'a@example.jp, b@example.jp'
  expect(mailOf({ ...submission, answers: { ...submission.answers, email } })).toBeNull()
})

test('the mail is on its way with the answer', () => {
  const mail = receiptMailsFrom(database.stores, PUBLIC_URL)
  database.send(aSubmission(), { mail })
  expect(database.stores.outbox.due(NOON, 10)).toMatchObject([{ recipient: 'hanako@hospital.example.jp' }])
  expect(database.stores.submissions.byNumber('R-0001')?.hospitalCode).toBe(HERE)
})
