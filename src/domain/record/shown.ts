/** Named texts as they stand in a form, e.g. the settings. */
export type Texts = Readonly<Record<string, string>>

export interface TypedChanges {
  /** What was typed over what was shown, and may be stored: nobody else has changed it, or to the same. */
  changes: Record<string, string>
  /** The same, where it has been changed to something else meanwhile. */
  conflicts: Record<string, string>
}

/**
 * What somebody changed on a form, though others may have changed the same things since it was shown: whoever leaves
 * a field as it was does not want it back as it was.
 * @param shown a name that is missing counts as shown as it is now
 */
export function typedChanges(typed: Texts, shown: Texts, now: Texts): TypedChanges {
  const shownOf = (name: string) => shown[name] ?? now[name]
  const changed = Object.entries(typed).filter(([name, text]) => text !== shownOf(name))
  const isFree = ([name, text]: [string, string]) => now[name] === shownOf(name) || now[name] === text
  return {
    changes: Object.fromEntries(changed.filter(isFree)),
    conflicts: Object.fromEntries(changed.filter((each) => !isFree(each))),
  }
}
