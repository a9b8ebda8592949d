import { describe, expect, test } from 'vitest'
import { FURTHER_LIMITS } from '../../../src/domain/answer/further.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { aFurther, askFurther, FOUR } from '../../support/further.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith()
const officer = office.officer()
const viewer = office.officer({ login: 'etsuran', role: 'viewer' })

const all = () => office.stores.questions.all()
const A_NUMBER = {
  label: '外部接続点の数',
  kind: 'number',
  required: 'yes',
  unit: 'か所',
  shortLabel: '接続点',
}
const A_CHOICE = { label: '構成図の有無', kind: 'choice', required: 'no', newOptions: 'あり\n\n　なし　\n' }

const open = async (page: string, action = page) => fieldsOf(await officer.page(page), action)
const add = async (typed: Record<string, string>) =>
  officer.post('/admin/questions', { ...(await open('/admin/questions/new', '/admin/questions')), ...typed })
const change = async (id: string, typed: Record<string, string>) =>
  officer.post(`/admin/questions/${id}/edit`, { ...(await open(`/admin/questions/${id}/edit`)), ...typed })
const answerTo = (extra: Record<string, string | number>) => {
  addHospitals(office.stores, {})
  saveSubmission(office.stores, { extra })
}

describe('adding', () => {
  test('a number, a choice and a text are asked from then on, with what the record says', async () => {
    for (const typed of [A_NUMBER, A_CHOICE, { label: '種類', kind: 'text', required: 'no', unit: '台' }]) {
      const reply = await add(typed)
      expect([reply.statusCode, reply.headers.location]).toEqual([303, '/admin/questions?done=added'])
    }
    expect(all()).toEqual([
      aFurther({ id: 'q1', label: '外部接続点の数', shortLabel: '接続点', required: true }),
      {
        ...aFurther({ id: 'q2', kind: 'choice', label: '構成図の有無' }),
        options: [
          { id: 'o1', label: 'あり', isEnded: false },
          { id: 'o2', label: 'なし', isEnded: false },
        ],
      },
      aFurther({ id: 'q3', kind: 'text', label: '種類' }),
    ])
    const page = await officer.page('/admin/questions?done=added')
    expect(textOf(page, '.done')).toContain('質問を追加しました')
    expect([...page.querySelectorAll('.questions__label')].map((each) => each.textContent)).toEqual([
      '問4　外部接続点の数 ※必須',
      '問5　構成図の有無 ※任意',
      '問6　種類 ※任意',
    ])
    expect(page.querySelector('[id="q.q1"]')).not.toBeNull()
    expect(textOf(await officer.page('/admin/audit'), 'main')).toContain(
      '質問「外部接続点の数」を追加しました',
    )
  })

  test('each field that is wrong is named, and everything that was typed stays', async () => {
    await add(A_NUMBER)
    const blank = await add({})
    expect(blank.statusCode).toBe(422)
    expect(errorsOf(htmlOf(blank))).toEqual({
      label: '質問を入力してください。',
      kind: '回答の種類を選択してください。',
      required: '回答を必須とするかどうかを選択してください。',
    })
    const typed = {
      ...{ label: '外部接続点の数', kind: 'choice', required: 'no', shortLabel: '電子カルテ' },
      ...{ unit: 'あ'.repeat(9), newOptions: `あり\nあり\n${'長'.repeat(41)}`, support: 'あ'.repeat(301) },
    }
    const wrong = htmlOf(await add(typed))
    expect(errorsOf(wrong)).toEqual({
      label: '質問「外部接続点の数」は、ほかの質問で使っています。別の言葉にしてください。',
      newOptions: '選択肢の1行目「あり」は、ほかの選択肢と同じです。別の言葉にしてください。',
      support: '補足の説明は300文字以内で入力してください（現在301文字）。',
      shortLabel: '列の見出し「電子カルテ」は、ほかの質問で使っています。別の言葉にしてください。',
    })
    expect(fieldsOf(wrong, '/admin/questions')).toMatchObject(typed)
    const few = { label: 'あ'.repeat(20), kind: 'choice', required: 'no', newOptions: '1つだけ' }
    expect(errorsOf(htmlOf(await add(few)))).toEqual({
      newOptions: '選択肢は、2つ以上必要です。1行に1つずつ入力してください。',
      shortLabel: '質問が16文字を超えるため、列の見出しを入力してください。',
    })
    const many = {
      ...few,
      label: '多い',
      newOptions: Array.from({ length: 13 }, (_, n) => `第${n}`).join('\n'),
    }
    expect(errorsOf(htmlOf(await add(many)))).toEqual({
      newOptions: '選択肢は12個までです（現在13個）。減らしてください。',
    })
    const unit = { ...A_NUMBER, label: '別の数', shortLabel: '別', unit: 'あ'.repeat(9) }
    expect(errorsOf(htmlOf(await add(unit)))).toEqual({
      unit: '単位は8文字以内で入力してください（現在9文字）。',
    })
    expect(all()).toHaveLength(1)
  })

  test('a look at it stores nothing', async () => {
    const look = await add({ ...A_CHOICE, preview: 'yes' })
    expect(look.statusCode).toBe(200)
    expect(textOf(htmlOf(look), '[aria-labelledby="look"]')).toContain('構成図の有無※任意')
    expect([...htmlOf(look).querySelectorAll('[aria-labelledby="look"] input')]).toHaveLength(3)
    expect(all()).toEqual([])
  })

  test('ten are asked at a time', async () => {
    const ten = Array.from({ length: FURTHER_LIMITS.questions }, (_, n) =>
      aFurther({ id: `q${n + 1}`, label: `質問${n}`, shortLabel: `列${n}` }),
    )
    askFurther(office.stores, ten)
    expect(textOf(await officer.page('/admin/questions'), 'main')).toContain('これ以上は追加できません')
    const reply = await add({ ...A_NUMBER, label: '11問目' })
    expect([reply.statusCode, all().length]).toEqual([422, 10])
    expect(textOf(htmlOf(reply), '.banner--error')).toContain('10問を尋ねています')
    expect(fieldsOf(htmlOf(reply), '/admin/questions')).toMatchObject({ label: '11問目' })
    await officer.post('/admin/questions/q1/end', {
      ...(await open('/admin/questions/q1/end')),
      reason: '不要',
    })
    expect((await add({ ...A_NUMBER, label: '11問目' })).statusCode).toBe(303)
    expect(all().at(-1)).toMatchObject({ id: 'q11', label: '11問目' })
    const page = await officer.page('/admin/questions')
    expect(
      page.querySelector('form[action="/admin/questions/q1/resume"] button')!.hasAttribute('disabled'),
    ).toBe(true)
    expect((await officer.post('/admin/questions/q1/resume')).statusCode).toBe(409)
  })

  test('the example is offered while there are none, and taken once', async () => {
    const page = await officer.page('/admin/questions')
    expect(textOf(page, '#example')).toBe('令和8年度の例')
    const reply = await officer.post('/admin/questions/example')
    expect(reply.headers.location).toBe('/admin/questions?done=example')
    expect(all().map(({ id, kind }) => [id, kind])).toEqual([
      ['links', 'number'],
      ['link_kinds', 'text'],
      ['map', 'choice'],
      ['vendor', 'choice'],
      ['cost', 'choice'],
    ])
    expect((await officer.page('/admin/questions')).querySelector('#example')).toBeNull()
    const before = office.stores.questions.saves().length
    expect((await officer.post('/admin/questions/example')).statusCode).toBe(409)
    expect(office.stores.questions.saves()).toHaveLength(before)
  })
})

describe('changing', () => {
  test('before an answer everything may be changed, and an option blanked', async () => {
    askFurther(office.stores, FOUR)
    const options = { 'option.yes': 'ある', 'option.no': '', newOptions: '一部' }
    expect((await change('map', { ...options, label: '図の有無', required: 'no' })).statusCode).toBe(303)
    expect(all()[2]).toMatchObject({ label: '図の有無', required: false })
    expect(all()[2]!.options.map(({ id, label }) => [id, label])).toEqual([
      ['yes', 'ある'],
      ['o1', '一部'],
    ])
    expect((await change('map', { kind: 'text' })).statusCode).toBe(303)
    expect(all()[2]).toMatchObject({ kind: 'text', options: [] })
    expect(office.stores.questions.saves()[0]).toMatchObject({
      change: '「図の有無」を変更',
      author: 'officer',
    })
  })

  test('an option that is gone leaves its place to no other one', async () => {
    askFurther(office.stores, [aFurther({ id: 'map', kind: 'choice', label: '構成図' })])
    await change('map', { newOptions: '一部' })
    await change('map', { 'option.o1': '', newOptions: '作成中' })
    await change('map', { 'option.o2': '' })
    await change('map', { newOptions: '不明' })
    expect(all()[0]!.options.map(({ id, label }) => [id, label])).toEqual([
      ['yes', 'あり'],
      ['no', 'なし'],
      ['o3', '不明'],
    ])
  })

  test('once it was answered only texts, options and ends are left', async () => {
    askFurther(office.stores, FOUR)
    answerTo({ links: 3, map: 'no' })
    const page = await officer.page('/admin/questions/map/edit')
    expect(page.querySelector('input[type="radio"]')).toBeNull()
    expect(textOf(page, 'main')).toContain('既に回答が届いています')
    const reply = await change('map', { kind: 'text', required: 'no' })
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), '.error-summary')).toContain(
      '既に回答があるため、回答の種類は変更できません。',
    )
    expect(textOf(htmlOf(reply), '.error-summary')).toContain('必須か任意かは変更できません。')
    const removed = htmlOf(await change('map', { 'option.no': '' }))
    expect(errorsOf(removed)).toEqual({
      'option.no': '選択肢2：既に回答があるため、選択肢は削除できません。「受付を終了する」にしてください。',
    })
    expect(textOf(htmlOf(await change('links', { unit: '台' })), '.error-summary')).toContain(
      '単位は変更できません',
    )
    expect(all()).toEqual(FOUR)
    const allowed = { label: '構成図', 'ended.no': 'yes', 'option.yes': 'あります', newOptions: '作成中' }
    expect((await change('map', allowed)).statusCode).toBe(303)
    expect(all()[2]).toMatchObject({
      label: '構成図',
      options: [
        { id: 'yes', label: 'あります', isEnded: false },
        { id: 'no', label: 'なし', isEnded: true },
        { id: 'o1', label: '作成中', isEnded: false },
      ],
    })
  })

  test('an answer that comes while the form is open counts', async () => {
    askFurther(office.stores, FOUR)
    const opened = await open('/admin/questions/map/edit')
    answerTo({ map: 'no' })
    const reply = await officer.post('/admin/questions/map/edit', { ...opened, kind: 'number' })
    expect([reply.statusCode, all()]).toEqual([422, FOUR])
  })

  test('the same again changes nothing and writes nothing down', async () => {
    askFurther(office.stores, FOUR)
    const before = office.stores.audit.all().length
    const reply = await change('map', {})
    expect(reply.headers.location).toBe('/admin/questions?done=unchanged')
    expect(office.stores.audit.all()).toHaveLength(before)
  })

  test('the order is changed one by one', async () => {
    askFurther(office.stores, FOUR)
    const shown = fieldsOf(await officer.page('/admin/questions'), '/admin/questions/map/move')
    await officer.post('/admin/questions/map/move', { ...shown, act: 'up' })
    expect(all().map(({ id }) => id)).toEqual(['links', 'map', 'kinds', 'vendor'])
    expect(textOf(await officer.page('/admin/audit'), 'main')).toContain(
      '質問「ネットワーク構成図の有無」を1つ前に移動しました',
    )
    expect((await officer.post('/admin/questions/map/move', { act: 'away' })).statusCode).toBe(404)
    expect((await officer.post('/admin/questions/other/move', { act: 'up' })).statusCode).toBe(404)
  })
})

describe('ending', () => {
  test('needs a reason, keeps the question, and can be taken back', async () => {
    askFurther(office.stores, FOUR)
    answerTo({ map: 'no' })
    const page = await officer.page('/admin/questions/map/end')
    expect(textOf(page, '.summary-list')).toContain('1件')
    const without = await officer.post('/admin/questions/map/end', await open('/admin/questions/map/end'))
    expect([without.statusCode, errorsOf(htmlOf(without))]).toEqual([
      422,
      { reason: '理由を入力してください。' },
    ])
    const ended = await officer.post('/admin/questions/map/end', { reason: '国の様式の変更のため' })
    expect(ended.headers.location).toBe('/admin/questions?done=ended')
    expect(all().at(-1)).toMatchObject({ id: 'map', isEnded: true })
    const list = await officer.page('/admin/questions')
    expect(textOf(list, 'section[aria-labelledby="ended"]')).toContain('ネットワーク構成図の有無')
    expect((await officer.post('/admin/questions/map/end', { reason: 'もう一度' })).statusCode).toBe(409)
    expect(textOf(await officer.page('/admin/questions/map/end'), '.banner')).toContain('既に終了しています')
    await officer.post('/admin/questions/map/resume')
    expect(all().map(({ id, isEnded }) => [id, isEnded])).toContainEqual(['map', false])
    const record = textOf(await officer.page('/admin/audit'), 'main')
    expect(record).toContain('質問「ネットワーク構成図の有無」を終了しました')
    expect(record).toContain('国の様式の変更のため')
    expect(record).toContain('質問「ネットワーク構成図の有無」を再開しました')
  })
})

test('a viewer reads the list and changes nothing', async () => {
  askFurther(office.stores, FOUR)
  const page = await viewer.page('/admin/questions')
  expect(textOf(page, 'main')).toContain('問4 外部接続点の数')
  expect(page.querySelector('main form')).toBeNull()
  for (const url of ['new', 'map/edit', 'map/end'])
    expect((await viewer.get(`/admin/questions/${url}`)).statusCode).toBe(403)
})

test('what is not there is not found', async () => {
  for (const url of ['other/edit', 'other/end', 'constructor/edit'])
    expect((await officer.get(`/admin/questions/${url}`)).statusCode).toBe(404)
})
