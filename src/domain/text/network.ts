/**
 * What one place on the internet has for itself: an IPv4 address, or the first 64 bits of an IPv6 address, of which a
 * single computer has as many as it likes.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)
  if (mapped) return mapped[1]!
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const groups = (text: string) => text.split(':').filter((group) => group !== '')
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const blank = Math.max(0, 8 - before.length - after.length)
  const all = [...before, ...Array.from({ length: blank }, () => '0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0{1,3}(?=.)/, ''))
    .join(':')}::/64`
}
