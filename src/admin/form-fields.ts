/** The fields of a POST as typed, by name: '' where one is absent, the last value where one is repeated. */
export function fieldsOf(body: unknown): { get(name: string): string } {
  const fields = new Map(formEntries(body))
  return { get: (name) => fields.get(name) ?? '' }
}

/** Every field with every value, in order; what is no text is left out. */
export function formEntries(body: unknown): [name: string, value: string][] {
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([name, value]) =>
    [value].flat().flatMap((each): [string, string][] => (typeof each === 'string' ? [[name, each]] : [])),
  )
}
