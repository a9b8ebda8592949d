import { describe, expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  decline,
  HEI,
  KI,
  KO,
  OTSU,
  SELECTION,
  sendForm,
  TEI,
} from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { formPost, htmlOf, textOf } from '../../support/html.ts'
import { mailsOf } from '../../support/mails.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { readXlsx } from '../../support/xlsx.ts'

const office = officeWith({
  now: AFTER_DEADLINE,
  ...SELECTION,
  confirmed: true,
  environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'kakuho@example.jp' },
})
const officer = office.officer()
const PAGE = '/admin/rounds/1/acceptance'
const LAST_DAY = '2024-03-25T15:00:00Z'

const ask = (typed: Record<string, string> = {}) =>
  sendForm(officer, `${PAGE}/ask`, { lastDay: '令和6年3月25日', mail: '', ...typed })
const pathOf = (code: string) => {
  const { number, code: key } = office.stores.submissions.currentOf(code)!
  return `/receipts/${number}/${key}`
}
const receipt = async (code: string) => htmlOf(await office.app.inject({ url: pathOf(code) }))
const say = (code: string, step: 'accept' | 'decline', fields = {}) =>
  office.app.inject(formPost(`${pathOf(code)}/${step}`, fields))
const stateOf = async (name: string) => {
  const page = await officer.page(PAGE)
  const row = [...page.querySelectorAll('[aria-label="選定した病院"] tbody tr')].find((each) =>
    each.textContent!.includes(name),
  )
  return row && textOf(row, '.tag')
}
const answers = () => office.stores.acceptance.answers(1).map(({ answer }) => answer)

describe('asked until a day', () => {
  test('before anybody is asked, nobody has left it unanswered', async () => {
    expect(await stateOf('甲病院')).toBeFalsy()
    await ask()
    expect(await stateOf('甲病院')).toBe('未回答')
  })

  test('only the selected are asked on their receipts; whoever is not is not', async () => {
    expect(textOf(await receipt(KO), 'main')).not.toContain('受諾')
    const reply = await ask()
    expect(reply.headers.location).toBe(`${PAGE}?done=asked`)
    const page = await receipt(KO)
    expect(textOf(page, 'h1:not(.print-only)')).toContain('受諾確認のお願い')
    expect(textOf(page, '#acceptance')).toContain('令和6年3月25日（月）24時まで')
    expect(textOf(await receipt(HEI), 'main')).not.toContain('受諾')
    expect((await say(HEI, 'accept')).statusCode).toBe(409)
  })

  test('is accepted once, however often it is sent, and declined after that', async () => {
    await ask()
    for (let click = 0; click < 2; click++)
      expect((await say(KO, 'accept')).headers.location).toBe(`${pathOf(KO)}#acceptance`)
    expect(answers()).toEqual(['accepted'])
    expect(await stateOf('甲病院')).toBe('受諾')
    expect(textOf(await receipt(KO), '.outcome__word')).toBe('受諾')
    await say(KO, 'decline', { reason: '人員の都合' })
    expect(answers()).toEqual(['accepted', 'declined'])
    expect(await stateOf('甲病院')).toBe('辞退の申出')
  })

  test('a decline cannot be taken back by another tab, and says why', async () => {
    await ask()
    await say(KO, 'decline')
    const reply = await say(KO, 'accept')
    expect(reply.statusCode).toBe(409)
    expect(textOf(htmlOf(reply), 'h1')).toBe('既に辞退の申出を受け付けています')
    expect((await say(KO, 'decline')).statusCode).toBe(303)
    expect(answers()).toEqual(['declined'])
  })

  test('after the day nothing is taken, and what was typed is kept', async () => {
    await ask()
    office.setNow(LAST_DAY)
    for (const step of ['accept', 'decline'] as const) {
      const reply = await say(KO, step, { reason: '人員の都合' })
      expect(reply.statusCode).toBe(403)
      expect(textOf(htmlOf(reply), 'main')).toContain('令和6年3月25日（月）24時で締め切りました')
    }
    expect((await say(KO, 'decline', { reason: '人員の都合' })).body).toContain('人員の都合')
    expect(textOf(await receipt(KO), '#acceptance')).toContain('受付は終了しました')
    expect(answers()).toEqual([])
    await say(KO, 'accept')
    expect((await office.app.inject({ url: `${pathOf(KO)}/decline` })).statusCode).toBe(303)
  })

  test('what was accepted in time reads so when it is sent again after the day', async () => {
    await ask()
    await say(KO, 'accept')
    office.setNow(LAST_DAY)
    expect((await say(KO, 'accept')).statusCode).toBe(303)
    expect(textOf(await receipt(KO), '#acceptance')).toContain('受け付けました')
  })

  test('a reason that is too long is not taken, and not lost', async () => {
    await ask()
    const reply = await say(KO, 'decline', { reason: 'あ'.repeat(501) })
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), '.error-summary')).toContain(
      '辞退の理由は500文字以内で入力してください（現在501文字）。',
    )
    expect(reply.body).toContain('あ'.repeat(501))
    expect(answers()).toEqual([])
  })

  test('the last day is looked at, and another one wants a reason', async () => {
    for (const [lastDay, message] of [
      ['', '最終日を入力してください。'],
      ['R6.3.18', '最終日は、今日以降の日付にしてください。'],
      ['R7.4.1', '最終日は、1年以内の日付にしてください。'],
      ['3/25', '最終日は、「令和6年3月26日」のように、年月日だけを入力してください。'],
    ]) {
      const reply = await ask({ lastDay: lastDay! })
      expect([reply.statusCode, textOf(htmlOf(reply), '.error-summary')]).toEqual([
        422,
        expect.stringContaining(message!),
      ])
    }
    await ask()
    expect((await ask({ lastDay: 'R6.3.26' })).statusCode).toBe(422)
    expect((await ask({ lastDay: 'R6.3.26', reason: '連休のため' })).statusCode).toBe(303)
    expect(textOf(await officer.page(PAGE), 'main')).toContain('連休のため')
    office.setNow(LAST_DAY)
    expect((await say(KO, 'accept')).statusCode).toBe(303)
  })

  test('ended, receipts ask no more', async () => {
    await ask()
    await sendForm(officer, `${PAGE}/end`, { reason: '全病院に電話で確認した' })
    expect(textOf(await receipt(KO), 'main')).not.toContain('受諾')
    expect((await say(KO, 'accept')).statusCode).toBe(409)
  })
})

describe('by mail', () => {
  test('each hospital that has said nothing gets a link to its own receipt, and no other’s', async () => {
    await say(KO, 'accept')
    await ask({ mail: 'yes' })
    for (const { body } of office.stores.outbox.due(new Date(AFTER_DEADLINE), 10))
      expect(body).not.toMatch(/receipts/)
    const mails = mailsOf(office)
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual(
      [0, 1, 3].map((index) => `tanto${index}@hospital.example.jp`),
    )
    for (const code of [KO, OTSU, TEI]) {
      const mail = mails.find(({ body }) => body.includes(pathOf(code)))!
      expect(mail.body.match(/\/receipts\//g)).toHaveLength(1)
      expect(mail.body).toContain('令和6年3月25日（月）24時まで')
    }
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'acceptance.asked', detail: { mails: 3 } },
    ])
  })

  test('asked again, only those who have still said nothing', async () => {
    await ask({ mail: 'yes' })
    await say(KO, 'accept')
    await ask({ mail: 'yes', reason: '未回答の病院に再度依頼' })
    expect(office.stores.outbox.due(new Date(AFTER_DEADLINE), 10)).toHaveLength(5)
  })
})

describe('to an officer', () => {
  const enter = (code: string, typed: Record<string, string> = {}) =>
    sendForm(officer, `${PAGE}/${code}`, {
      answer: 'accepted',
      channel: 'phone',
      reason: '事務長から',
      ...typed,
    })

  test('is entered at any time, also after the day, and without asking', async () => {
    expect((await enter(KO)).headers.location).toBe(`${PAGE}?done=entered`)
    expect(await stateOf('甲病院')).toBe('受諾')
    const page = await officer.page(PAGE)
    expect(textOf(page, '[aria-label="選定した病院"]')).toContain('電話（入力：試験 officer）')
    await ask()
    office.setNow(LAST_DAY)
    await officer.signIn()
    await enter(OTSU, { answer: 'declined', channel: 'fax' })
    expect(await stateOf('乙病院')).toBe('辞退の申出')
  })

  test('says what is missing', async () => {
    const reply = await enter(KO, { answer: '', channel: '', reason: '', receivedOn: 'R6.3.20' })
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), '.error-summary')).toContain('受諾か辞退の申出かを選択してください。')
    for (const message of ['連絡の方法を選択', '連絡の内容を入力', '連絡のあった日は、今日までの日付に'])
      expect(textOf(htmlOf(reply), '.error-summary')).toContain(message)
  })

  test('of a hospital that is not selected there is nothing to enter', async () => {
    for (const code of [HEI, KI, 'x']) expect((await officer.get(`${PAGE}/${code}`)).statusCode).toBe(404)
  })

  test('what the hospital said meanwhile by its receipt is not written over unseen', async () => {
    await ask()
    const opened = fieldsOf(await officer.page(`${PAGE}/${KO}`), `${PAGE}/${KO}`)
    await say(KO, 'decline')
    const typed = { ...opened, answer: 'accepted', channel: 'phone', reason: '事務長から' }
    const reply = await officer.post(`${PAGE}/${KO}`, typed)
    expect(reply.statusCode).toBe(409)
    expect(reply.body).toContain('事務長から')
    expect(answers()).toEqual(['declined'])
  })
})

describe('a decline', () => {
  test('changes no selection by itself; the officer makes the edition, with what the hospital said', async () => {
    await ask()
    await say(KO, 'decline', { reason: '人員の都合' })
    expect(office.stores.editions.ofRound(1)).toHaveLength(1)
    const todo = textOf(await officer.page('/admin'), 'main')
    expect(todo).toContain('初回選定に、辞退の申出があります')
    expect(todo).toContain('初回選定の受諾の連絡を待っています')
    const form = await officer.page(`/admin/rounds/1/decline/${KO}`)
    expect(form.querySelector('#reason')!.textContent).toContain('受付票で辞退の申出があった。\n人員の都合')
    await sendForm(officer, `/admin/rounds/1/decline/${KO}`)
    expect(office.stores.editions.ofRound(1)).toHaveLength(2)
    expect(textOf(await receipt(KO), '.outcome__word')).toBe('辞退')
    // Who moved up is asked as well.
    expect(textOf(await receipt(HEI), '#acceptance')).toContain('支援対象病院とする予定です')
    expect((await say(HEI, 'accept')).statusCode).toBe(303)
    expect(await stateOf('丙病院')).toBe('受諾')
  })

  test('where results show, is not answered with a call from the contractor, and an asked one not with 予定', async () => {
    office.stores.settings.change(
      { resultsPublished: 'yes' },
      { actor: 'test', at: new Date('2024-03-19T00:00:00Z') },
    )
    await ask()
    const waiting = textOf(await receipt(KO), 'main')
    expect(waiting).toContain('選定されました')
    expect(waiting).not.toContain('とする予定です')
    await say(KO, 'decline')
    const declined = textOf(await receipt(KO), 'main')
    expect(declined).toContain('辞退の申出')
    expect(declined).not.toMatch(/選定されました|直接連絡があります/)
  })

  test('is sent no letter that it is selected unless an officer ticks it', async () => {
    await ask()
    await say(KO, 'decline')
    const head = { round: 1, documentNumber: '保医第789号', datedOn: '2024-03-19', follows: 0 }
    office.stores.letters.setHead(head, { actor: 'test', at: new Date('2024-03-19T00:00:00Z') })
    const page = await officer.page('/admin/letters/posted?round=1')
    const box = page.querySelector(`input[name="hospital"][value="${KO}"]`)!
    expect(box.hasAttribute('checked')).toBe(false)
    expect(page.querySelectorAll('input[name="hospital"][checked]').length).toBeGreaterThan(0)
    expect(textOf(page, 'main')).toContain('辞退の申出があります')
    const printed = await officer.page('/admin/letters/print?round=1')
    const lettersIn = (sheets: typeof printed) => textOf(sheets, '.letters')
    expect(lettersIn(printed)).not.toContain('甲病院')
    expect(textOf(printed, 'main')).toContain('辞退の申出がある病院への通知文は、含めていません：甲病院')
    expect(lettersIn(await officer.page(`/admin/letters/print?round=1&hospital=${KO}`))).toContain('甲病院')
    const merged = await readXlsx((await officer.get('/admin/letters.xlsx?round=1')).rawPayload)
    if (!merged.ok) throw new Error(merged.message)
    const remark = merged.rows[0]!.indexOf('発送前の確認')
    const remarks = merged.rows.slice(1).map((row) => row[remark] ?? '')
    expect(remarks.filter((text) => text !== '')).toEqual(['辞退の申出あり'])
  })

  test('waits for a second person where one is needed', async () => {
    askForSecondPerson(office)
    await ask()
    await say(KO, 'decline')
    await sendForm(officer, `/admin/rounds/1/decline/${KO}`)
    expect(office.stores.editions.open()).toMatchObject({ kind: 'declined', declinedCode: KO })
    expect(office.stores.editions.ofRound(1)).toHaveLength(1)
    expect(textOf(await receipt(KO), '#acceptance')).toContain('辞退の申出')
  })

  test('taken back with the round counts no more: the hospital is asked again', async () => {
    await ask()
    await say(KO, 'decline')
    await decline(officer, KO)
    office.setNow('2024-03-20T00:00:00Z')
    await officer.signIn()
    const manager = await signedIn(office, { login: 'kanri', role: 'admin' })
    const page = `/admin/rounds/1/reopen?reinstate=${KO}`
    const reopened = await sendForm(manager, page, { reason: '申出の取消し' })
    expect(reopened.statusCode).toBe(303)
    expect(await stateOf('甲病院')).toBe('未回答')
    expect((await say(KO, 'accept')).statusCode).toBe(303)
    expect(await stateOf('甲病院')).toBe('受諾')
  })
})
