import { describe, expect, test } from 'vitest'
import { filledText, PLACEHOLDERS } from '../../../src/domain/notice/placeholders.ts'
import { SHIPPED_NOTICE } from '../../../src/domain/notice/shipped.ts'
import { SETTING_DEFAULTS } from '../../../src/domain/survey/settings.ts'
import { parseSettings } from '../../../src/domain/survey/settings-schema.ts'
import { placeholderProblem } from '../../../src/domain/text/placeholders.ts'

function settings(changes: Record<string, string> = {}) {
  const parsed = parseSettings({ ...SETTING_DEFAULTS, ...changes })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals))
  return parsed.settings
}

const problem = (text: string) =>
  placeholderProblem(
    '本文',
    text,
    PLACEHOLDERS.map(({ name }) => name),
  )

const SET = settings({
  fiscalYear: '2027',
  closesAt: '2026-12-18',
  opensAt: '2026-12-01',
  nationalSeats: '2000',
})

describe('what a text leaves to the settings', () => {
  test.each([
    ['{年度}の事業', '令和9年度の事業', 'の事業'],
    ['［{年度}に］実施します', '令和9年度に実施します', '実施します'],
    [
      '［{年度}は、［全国で{全国の病院数}病院、］{支援予定病院数}病院］。',
      '令和9年度は、全国で2,000病院、50病院。',
      '。',
    ],
    ['［参考］は、そのまま', '［参考］は、そのまま', '［参考］は、そのまま'],
    ['［{年度}［注］］', '令和9年度［注］', ''],
    ['（{回答期限}まで）', '（令和8年12月18日（金）24時まで）', '（まで）'],
  ])('%s', (text, whenSet, unset) => {
    expect(filledText(text, SET)).toBe(whenSet)
    expect(filledText(text, settings())).toBe(unset)
  })

  test('a part in brackets stays where only an inner one is not set', () => {
    const text = '［{年度}は、［全国で{全国の病院数}病院、］約50病院。］'
    expect(filledText(text, settings({ fiscalYear: '2027' }))).toBe('令和9年度は、約50病院。')
  })

  test('what is set says nothing of its own: braces in a title stay as they are', () => {
    expect(filledText('{調査の名称}', settings({ title: '調査{年度}［{年度}］' }))).toBe(
      '調査{年度}［{年度}］',
    )
  })

  test('every name reads, and is known', () => {
    for (const { name } of PLACEHOLDERS) {
      expect(problem(`{${name}}`)).toBeNull()
      expect(filledText(`{${name}}`, SET)).not.toContain('{')
    }
  })

  test.each(['｛年度｝', '{期限}', '{ 年度 }', '{}', '{年度', '年度}', '{{年度}}'])(
    '%s is no name of one',
    (text) => {
      expect(problem(text)).toMatch(/^本文の「.*差込み項目/)
    },
  )

  test('what is shipped names nothing unknown, whatever is set', () => {
    const texts = [
      ...SHIPPED_NOTICE.sections.map(({ text }) => text),
      ...SHIPPED_NOTICE.questions.flatMap(({ question, answer }) => [question, answer]),
    ]
    for (const text of texts) {
      expect(problem(text)).toBeNull()
      expect(filledText(text, settings())).not.toMatch(/[{}［］]|、、|。。|（）|、。/)
    }
  })
})
