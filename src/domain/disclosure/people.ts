import { normalForm } from '../text/normal-form.ts'

/** A shorter name is in too many other words. */
const SHORTEST = 3

/** What of people may stand in a sentence that somebody wrote: names, telephones and addresses of contacts. */
export function peopleIn(texts: Iterable<string>): string[] {
  const known = [...texts].map(plain).filter((text) => [...text].length >= SHORTEST)
  return [...new Set(known)].sort()
}

/** Whether a text says one of them among other words. One that is nothing else was opened on purpose. */
export function namesAnyone(text: string, people: readonly string[]): boolean {
  const own = plain(text)
  return people.some((person) => own.length > person.length && own.includes(person))
}

/** However it is spaced and hyphenated. */
function plain(text: string): string {
  return normalForm(text, 'NFKC').replace(/[\s\-‐－―ー()（）]/gu, '')
}
