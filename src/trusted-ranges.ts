import { BlockList, isIPv6 } from 'node:net'

/** The largest part of the public internet that a list may hold: a /8 of IPv4, a /16 of IPv6. */
const MOST_OF_IPV4 = 2 ** (32 - 8)
const MOST_OF_IPV6 = 2 ** (128 - 16)

/**
 * Whether a list of proxies holds so much of the public internet that anybody's own address is taken for a proxy's, and anybody
 * may say where they come from. The ranges are added up: the two halves of everything are everything.
 * @param ranges addresses and ranges of either kind, each well-formed
 */
export function trustsStrangers(ranges: readonly string[]): boolean {
  const publicOnes = [...new Set(ranges)].map(rangeOf).filter((range) => !isPrivate(range))
  const sizeOf = (kind: Kind, bits: number) =>
    publicOnes.reduce((sum, range) => sum + (range.kind === kind ? 2 ** (bits - range.prefix) : 0), 0)
  return sizeOf('ipv4', 32) > MOST_OF_IPV4 || sizeOf('ipv6', 128) > MOST_OF_IPV6
}

type Kind = 'ipv4' | 'ipv6'

interface Range {
  address: string
  prefix: number
  kind: Kind
}

function rangeOf(text: string): Range {
  const [address = '', length] = text.split('/')
  if (!isIPv6(address)) return { address, prefix: Number(length ?? 32), kind: 'ipv4' }
  const prefix = Number(length ?? 128)
  // IPv4 written as IPv6: ::ffff:0:0/96 is all of it.
  const isMapped = prefix >= 96 && isWithin({ address, prefix, kind: 'ipv6' }, MAPPED)
  return isMapped ? { address, prefix: prefix - 96, kind: 'ipv4' } : { address, prefix, kind: 'ipv6' }
}

function netOf(text: string): { prefix: number; list: BlockList } {
  const [net = '', length] = text.split('/')
  const list = new BlockList()
  list.addSubnet(net, Number(length), isIPv6(net) ? 'ipv6' : 'ipv4')
  return { prefix: Number(length), list }
}

/** All of the range: one begins and ends within a net where it begins there and is no wider. */
function isWithin({ address, prefix }: Range, net: ReturnType<typeof netOf>): boolean {
  return prefix >= net.prefix && net.list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

function isPrivate(range: Range): boolean {
  return PRIVATE.some((net) => isWithin(range, net))
}

const MAPPED = netOf('::ffff:0:0/96')

/** From where nobody comes who is not within the house, or its provider's. */
const PRIVATE = [
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['fc00::/7', 'fe80::/10'],
].map(netOf)
