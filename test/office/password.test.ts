import { describe, expect, test } from 'vitest'
import { PASSWORD_LIMITS } from '../../src/domain/record/staff.ts'
import { hashPassword, oneTimePassword, passwordProblem, verifyPassword } from '../../src/office/password.ts'
import { htmlOf } from '../support/html.ts'
import { officeWith } from '../support/office.ts'
import { officersBrowser, PASSWORD, signedIn } from '../support/officer.ts'

const HANAKO = {
  login: 'hanako',
  name: '指宿 太郎',
  settings: { prefecture: '鹿児島県', prefectureCode: '46' },
}

describe('a stored password', () => {
  test('is an argon2id hash with a salt of its own', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
    expect(await verifyPassword(one, 'correct horse')).toBe(true)
    expect(await verifyPassword(one, 'correct horsE')).toBe(false)
  })

  test('is the same however the keyboard composed it', async () => {
    expect(
      await verifyPassword(await hashPassword('パスワードは長く'), 'パスワードは長く'.normalize('NFD')),
    ).toBe(true)
  })

  test.each<[password: string, message: string]>([
    ['', '新しいパスワードを入力してください。'],
    ['short', '文字以上にしてください（現在5文字）'],
    ['あ'.repeat(129), '128文字以内にしてください（現在129文字）'],
    ['aaaaaaaaaaaa', '同じ文字だけ'],
    ['my-hanako-2024', 'ログイン名を含む'],
    ['ｍｙ－ＨＡＮＡＫＯ－2024', 'ログイン名を含む'],
    // The list that comes with zxcvbn, and what is made of it.
    ...[
      ...['password2024!', 'passwordpassword', 'P@ssw0rd12345', 'motherfucker', '1qaz2wsx3edc'],
      ...['qwertyuiop12', 'abcdefghijkl', '123456789012', 'abcabcabcabc', 'sakurasakura', 'iloveyou12345'],
      // Of this survey.
      ...[
        'kagoshima2024!',
        'kakuho-2026-abc',
        '鹿児島県鹿児島県鹿児島県',
        'Kakuho-Kagoshima',
        'cyber-security-46',
      ],
      ...['指宿太郎指宿太郎指宿太郎', '指宿2026太郎12345678'],
    ].map((password): [string, string] => [password, '推測されやすい']),
  ])('is refused: %s', async (password, message) => {
    expect(await passwordProblem(password, HANAKO)).toContain(message)
  })

  test.each(['kx7g9wqe4m2n', 'correct horse battery', 'みどりの机と三つの鍵', 'okinawa no umi wa aoi'])(
    'is taken from the shortest allowed length on: %s',
    async (password) => {
      const long = password.length < PASSWORD_LIMITS.min ? `${password}と空` : password
      expect(await passwordProblem(long, HANAKO)).toBeNull()
    },
  )

  test('of 128 characters is taken, and the last of them counts', async () => {
    const long = 'みどりの机と三つの鍵、'.repeat(12).slice(0, 128)
    expect([...long]).toHaveLength(PASSWORD_LIMITS.max)
    expect(await passwordProblem(long, HANAKO)).toBeNull()
    const hash = await hashPassword(long)
    expect(await verifyPassword(hash, long)).toBe(true)
    expect(await verifyPassword(hash, `${long.slice(0, -1)}x`)).toBe(false)
  })

  test('every one-time password that the program makes would be taken', async () => {
    for (let times = 0; times < 20; times += 1)
      expect(await passwordProblem(oneTimePassword(), HANAKO)).toBeNull()
  })
})

describe('the page', () => {
  const office = officeWith()

  const NEW = 'a longer secret than before'

  test('is all that a first password opens', async () => {
    const browser = await signedIn(office, { mustChangePassword: true })
    expect((await browser.get('/admin')).headers.location).toBe('/admin/password')
    const page = await browser.page('/admin/password')
    expect(page.querySelector('nav')).toBeNull()
    const reply = await browser.post('/admin/password', {
      current: PASSWORD,
      password: NEW,
      passwordAgain: NEW,
    })
    expect(reply.statusCode).toBe(303)
    expect(reply.headers.location).toBe('/admin')
    expect((await browser.get('/admin')).headers.location).toBeUndefined()
  })

  test('changes the password', async () => {
    const browser = await signedIn(office)
    await browser.get('/admin/password')
    await browser.post('/admin/password', { current: PASSWORD, password: NEW, passwordAgain: NEW })
    const next = officersBrowser(office)
    await next.get('/admin/login')
    expect((await next.post('/admin/login', { login: 'officer', password: PASSWORD })).statusCode).toBe(422)
    expect((await next.post('/admin/login', { login: 'officer', password: NEW })).statusCode).toBe(303)
  })

  test.each([
    ['current', { current: 'wrong' }, '現在のパスワードが正しくありません'],
    ['password', { password: 'short', passwordAgain: 'short' }, '文字以上にしてください'],
    ['password', { password: 'passwordpassword', passwordAgain: 'passwordpassword' }, '推測されやすい'],
    ['password', { password: PASSWORD, passwordAgain: PASSWORD }, '現在と同じパスワードです'],
    ['passwordAgain', { passwordAgain: 'something else' }, '一致しません'],
  ])('names %s', async (field, wrong, message) => {
    const browser = await signedIn(office)
    await browser.get('/admin/password')
    const fields = { current: PASSWORD, password: NEW, passwordAgain: NEW, ...wrong }
    const reply = await browser.post('/admin/password', fields)
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(page.querySelector(`#error-summary a[href="#${field}"]`)!.textContent).toContain(message)
    expect(page.querySelector(`#${field}`)!.getAttribute('aria-invalid')).toBe('true')
    expect(page.querySelector(`#${field}-error`)!.textContent).toContain(message)
    expect(page.querySelector('title')!.textContent).toMatch(/^エラー：/)
    expect(reply.body).not.toContain(NEW)
  })

  test('limits how often the present password is guessed', async () => {
    const browser = await signedIn(office)
    await browser.get('/admin/password')
    for (let tries = 0; tries < 10; tries += 1) await browser.post('/admin/password', { current: 'wrong' })
    const fields = { current: PASSWORD, password: NEW, passwordAgain: NEW }
    expect((await browser.post('/admin/password', fields)).statusCode).toBe(429)
  })
})
