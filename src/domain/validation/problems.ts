import type { z } from 'zod'

/** What is wrong with a file, and where: `policy.bands[1].min`. The message is shown to an officer. */
export interface Problem {
  path: string
  message: string
}

/** One problem a wrong field; every unknown key is a problem of its own. `root` names the whole. */
export function problemsOf(error: z.ZodError, root: string): Problem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys')
      return [{ path: pathText(issue.path, root), message: issue.message }]
    return issue.keys.map((key) => ({ path: pathText([...issue.path, key], root), message: issue.message }))
  })
}

/** zod's error map for the rules that need no words of their own. */
export function japaneseMessage(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'この項目は定められていません。項目名を確かめるか、項目を削除してください。'
    case 'invalid_type':
      return issue.input === undefined
        ? '必須の項目です。省略せずに指定してください。'
        : `${TYPE_NAMES[issue.expected] ?? issue.expected}で指定してください。`
    case 'invalid_value':
      return choiceMessage(issue.values.map(String))
    case 'too_small':
      return issue.origin === 'string'
        ? '空にはできません。値を指定してください。'
        : `${issue.minimum}以上の整数で指定してください。`
    case 'too_big':
      return `${issue.maximum}以下の整数で指定してください。`
    case 'invalid_union':
      return Array.isArray(issue.options) ? choiceMessage(issue.options.map(String)) : UNFIT
    default:
      return UNFIT
  }
}

/** For whatever rule has no words of its own yet: nobody is refused in the library's English. */
const UNFIT = '定められた形ではありません。書き方を確かめて、指定し直してください。'

const TYPE_NAMES: Partial<Record<string, string>> = {
  object: 'オブジェクト（{ … }）',
  array: '配列（[ … ]）',
  string: '文字列',
  number: '整数',
  int: '整数',
  boolean: 'true または false ',
}

function choiceMessage(values: string[]): string {
  return values.length === 1
    ? `「${values[0]}」と指定してください。`
    : `${values.map((value) => `「${value}」`).join('')}のいずれかを指定してください。`
}

/** `policy.bands[1].min`; `root` where the path is empty. */
export function pathText(path: readonly PropertyKey[], root: string): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text === '' ? root : text.replace(/^\./, '')
}
