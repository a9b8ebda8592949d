import type { Stores } from '../db/stores.ts'

/**
 * What is read out of the database, and read anew only where something has changed there since, by whomever: a search
 * asks letter by letter, and a list is taken away as it is shown. Nothing of the record may be in it (`changeStamp`).
 * @param read what it is, of one thing at a time
 */
export function kept<Value, Of = void>(
  { changeStamp }: Pick<Stores, 'changeStamp'>,
  read: (of: Of) => Value,
): (of: Of) => Value {
  return keptBy(changeStamp, read)
}

/** The same of what everybody is shown (`SHOWN_TABLES`): it stays while answers come in. */
export function keptShown<Value, Of = void>(
  { shownStamp }: Pick<Stores, 'shownStamp'>,
  read: (of: Of) => Value,
): (of: Of) => Value {
  return keptBy(shownStamp, read)
}

function keptBy<Value, Of>(stampNow: () => string, read: (of: Of) => Value): (of: Of) => Value {
  let known: { stamp: string; of: Of; value: Value } | null = null
  return (of) => {
    // Before it is read: what another process writes meanwhile is then read again.
    const stamp = stampNow()
    if (known?.stamp !== stamp || known.of !== of) known = { stamp, of, value: read(of) }
    return known.value
  }
}
