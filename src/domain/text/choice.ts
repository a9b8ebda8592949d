/** A value that is stored by a stable ASCII id and shown by its label. */
export interface Choice<Id extends string> {
  readonly id: Id
  readonly label: string
}

/** @throws where no choice has the id */
export function labelOf<Id extends string>(choices: readonly Choice<Id>[], id: Id): string {
  const choice = choices.find((candidate) => candidate.id === id)
  if (!choice) throw new Error(`no label for ${id}`)
  return choice.label
}
