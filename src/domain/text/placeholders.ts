/** 差込み項目: what stands in a text that an officer writes for what is known only later, by its name in braces: {病院名}. */

const NAMED = /\{([^{}\n]*)\}/g

/** The names in a text, in their order. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(NAMED)].map(([, name]) => name!)
}

/** What is put in is not looked at again, whatever it holds. A name that has no value stays as it stands. */
export function filledIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(NAMED, (whole, name: string) => values.get(name) ?? whole)
}

/**
 * A name that is none of the allowed ones, or a brace without its other half.
 * @param field what the text is called
 * @returns what to do, in Japanese; null where nothing is wrong
 */
export function placeholderProblem(field: string, text: string, allowed: readonly string[]): string | null {
  const unknown = placeholdersIn(text).find((name) => !allowed.includes(name))
  if (unknown !== undefined) {
    const names = allowed.map((name) => `{${name}}`).join('、')
    return `${field}の「{${unknown}}」は使えません。使える差込み項目は、${names}です。`
  }
  return /[{}｛｝]/.test(text.replace(NAMED, ''))
    ? `${field}の「{」と「}」は、差込み項目を囲むときだけ使えます。半角で、「{${allowed[0]}}」のように入力してください。`
    : null
}
