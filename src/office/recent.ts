/** What was used last, at most so many: whatever is kept for speed must not grow with the rounds and the years. */
interface Recent<Key, Value> {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
}

export function recent<Key, Value>(most: number): Recent<Key, Value> {
  const entries = new Map<Key, Value>()
  const set = (key: Key, value: Value) => {
    entries.delete(key)
    entries.set(key, value)
    // A map goes through its keys in the order in which they were set: the first one was used longest ago.
    for (const oldest of entries.keys()) if (entries.size > most) entries.delete(oldest)
  }
  return {
    get(key) {
      const value = entries.get(key)
      if (value !== undefined) set(key, value)
      return value
    },
    set,
  }
}
