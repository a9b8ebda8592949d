import type { FrozenRound } from '../../office/rounds/frozen.ts'

const READERS = [
  { id: 'ministry', label: '厚生労働省への報告用（選定した病院）' },
  { id: 'officer', label: '内部用（すべての病院）' },
  { id: 'hospital', label: '病院に伝える理由（すべての病院）' },
] as const
/** For whom a list of reasons is. */
export type Reader = (typeof READERS)[number]['id']

/** `?reader=officer`, where there are reasons for an officer to read. */
export function readerOf({ reasons }: Pick<FrozenRound, 'reasons'>, url: string): Reader {
  const asked = new URL(url, 'http://localhost').searchParams.get('reader')
  return (reasons && READERS.find(({ id }) => id === asked)?.id) ?? 'ministry'
}

export function readersAt(
  url: string,
  reader: Reader,
): { href: string; label: string; isCurrent: boolean }[] {
  return READERS.map(({ id, label }) => ({
    href: addressOf(url, (path) => path, id),
    label,
    isCurrent: id === reader,
  }))
}

/** The list's address for another reader, or of its file: which round a draft is of stays. */
export function addressOf(url: string, pathOf: (path: string) => string, reader?: Reader): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const round = searchParams.get('round')
  const query = new URLSearchParams({ ...(round !== null && { round }), ...(reader && { reader }) })
  return `${pathOf(pathname)}${query.size > 0 ? `?${query}` : ''}`
}
