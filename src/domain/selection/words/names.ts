import type { Peer } from '../explain/standing.ts'
import { bandLabel } from '../policy.ts'
import type { Snapshot } from '../snapshot.ts'

/** How a sentence about one hospital calls the others. */
export interface PeerNames {
  /** 試験第12病院（第19位）: its place in its band; with the band where that is another than `band`. */
  name(peer: Peer, band: string | null): string
  names(peers: readonly Peer[], band: string | null): string
  /** With its region before it. */
  regionalNames(peers: readonly Peer[], band: string | null): string
}

export function peerNames({ policy, candidates }: Snapshot): PeerNames {
  const bands = new Map(policy.bands.map((band) => [band.id, `${bandLabel(band)} `]))
  const bearers = Map.groupBy(candidates, ({ name }) => name)
  const name: PeerNames['name'] = (peer, band) => {
    const { code, band: own, bandRank } = peer.row
    // Hospitals may share a name: only then the code says which one.
    const shared = bearers.get(peer.name)!.length > 1 ? `${code}、` : ''
    return `${peer.name}（${shared}${own === band ? '' : bands.get(own ?? '')}第${bandRank}位）`
  }
  return {
    name,
    names: (peers, band) => peers.map((peer) => name(peer, band)).join('、'),
    regionalNames: (peers, band) =>
      peers.map((peer) => `${peer.row.region}医療圏の${name(peer, band)}`).join('、'),
  }
}
