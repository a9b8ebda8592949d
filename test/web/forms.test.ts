import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { aForm } from '../support/builders.ts'
import { htmlOf, textOf } from '../support/html.ts'
import { officeWith } from '../support/office.ts'
import { OTHER } from '../support/survey.ts'

const site = officeWith()
const officer = site.officer()

const TYPE = 'application/x-www-form-urlencoded'
const post = (url: string, payload: string | Buffer, type = TYPE) =>
  site.app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })

/** The form as a program in another encoding sends it. */
function formIn(encoding: string): string {
  const percent = (text: string) =>
    [...iconv.encode(text, encoding)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  return Object.entries(aForm({ contactName: '試験 花子' }))
    .map(([name, value]) => `${name}=${percent(value)}`)
    .join('&')
}

const plain = (fields = aForm(OTHER)) => new URLSearchParams(fields).toString()
const raw = (encoding: string) =>
  Buffer.concat([Buffer.from(`${plain()}&department=`), iconv.encode('総務課', encoding)])

test.each<[string, string | Buffer, string?]>([
  ['percent bytes of Shift_JIS', formIn('shift_jis')],
  ['percent bytes of EUC-JP', formIn('euc-jp')],
  ['bytes of Shift_JIS', raw('shift_jis')],
  ['bytes of EUC-JP', raw('euc-jp')],
  ['a character cut in two', `${plain()}&department=%E7%B7`],
  ['a surrogate', `${plain()}&department=%ED%A0%80`],
  ['an overlong byte', `${plain()}&department=%C0%AF`],
  ['a sign that is no byte', `${plain()}&department=%ZZ`],
  ['a name of a field', `${plain()}&%93%FA=1`],
  ['what says Shift_JIS', plain(), `${TYPE}; charset=Shift_JIS`],
  ['what says EUC-JP', plain(), `${TYPE};charset="euc-jp"`],
  ['what says UTF-16', plain(), `${TYPE}; charset=utf-16`],
])('%s: refused in Japanese, and nothing is stored', async (_name, payload, type) => {
  for (const url of ['/survey', '/survey/confirm', '/receipts', '/admin/login']) {
    const reply = await post(url, payload, type)
    expect([url, reply.statusCode]).toEqual([url, 415])
    expect(textOf(htmlOf(reply), 'main')).toContain('文字コード')
  }
  expect(site.stores.submissions.all()).toEqual([])
})

test('behind the login likewise', async () => {
  await officer.get('/admin')
  const reply = await officer.postText('/admin/password', 'current=%8E%8E&next=%8E%8E')
  expect(reply.statusCode).toBe(415)
})

test.each([
  ['utf-8', `${TYPE}; charset=UTF-8`],
  ['UTF8', `${TYPE};charset=utf8`],
  ['none', TYPE],
])('UTF-8, said as %s, is read', async (_name, type) => {
  const reply = await post(
    '/survey/confirm',
    `${plain(aForm({ ...OTHER, contactName: '𠮷田 花子+A' }))}&&x&=y&x=1&x=2`,
    type,
  )
  expect(reply.statusCode).toBe(200)
  expect(reply.body).toContain('𠮷田 花子+A')
})

test('no name reaches into what every object has', async () => {
  const reply = await post('/survey/confirm', `${plain()}&__proto__=x&constructor=y&toString=z`)
  expect(reply.statusCode).toBe(200)
})
