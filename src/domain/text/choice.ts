/** A value that is stored by a stable ASCII id and shown by its label. */
export interface Choice<Id extends string> {
  readonly id: Id
  readonly label: string
}

/** With the few characters that a table has room for. Files carry the full label. */
export interface ShortChoice<Id extends string> extends Choice<Id> {
  readonly short: string
}

/** @throws where no choice has the id */
export function labelOf<Id extends string>(choices: readonly Choice<Id>[], id: Id): string {
  return choiceOf(choices, id).label
}

/** @throws where no choice has the id */
export function shortLabelOf<Id extends string>(choices: readonly ShortChoice<Id>[], id: Id): string {
  return choiceOf(choices, id).short
}

/** For a filter of a table: the same choices under their short labels. */
export function inShort<Id extends string>(choices: readonly ShortChoice<Id>[]): Choice<Id>[] {
  return choices.map(({ id, short }) => ({ id, label: short }))
}

/** A text that was checked to be one of the ids, as one. @throws where no choice has the id */
export function choiceOf<C extends Choice<string>>(choices: readonly C[], id: string): C {
  const choice = choices.find((candidate) => candidate.id === id)
  if (!choice) throw new Error(`no label for ${id}`)
  return choice
}
