import { randomBytes } from 'node:crypto'

/** An officer who walks through a rehearsal, as the survey itself knows them. */
export interface Walker {
  login: string
  /** Whether the session in which they entered still lasts. */
  isStillIn(): boolean
  /** Ends that session. */
  signOut(): void
}

/** A browser within. */
export interface Entry {
  walker: Walker
  /** Whether the copy's officers' side knows who it is; by a link that is handed on it does not. */
  isOfficer: boolean
}

const LINK_LIFETIME = 10 * 60_000
const MOST_LINKS = 200

/** Who is within, by what their browsers hold. In memory alone: it ends with the rehearsal. */
export function walkersOf(now: () => Date) {
  const entries = new Map<string, Entry>()
  const links = new Map<string, { walker: Walker; until: number }>()

  function add(entry: Entry): string {
    const token = newToken()
    entries.set(token, entry)
    return token
  }

  return {
    enter: (walker: Walker): string => add({ walker, isOfficer: true }),

    /** Good once, and not for long: for the hospitals' side on another address or machine. */
    link(walker: Walker): string {
      const time = now().getTime()
      for (const [token, { until }] of links)
        if (until <= time || links.size >= MOST_LINKS) links.delete(token)
      const token = newToken()
      links.set(token, { walker, until: time + LINK_LIFETIME })
      return token
    },

    /** @returns what the browser is given; null where the link is no longer good */
    redeem(token: string): string | null {
      const link = links.get(token)
      links.delete(token)
      if (!link || link.until <= now().getTime() || !link.walker.isStillIn()) return null
      return add({ walker: link.walker, isOfficer: false })
    },

    entry(token: string): Entry | null {
      const entry = entries.get(token)
      if (entry?.walker.isStillIn()) return entry
      entries.delete(token)
      return null
    },

    leave: (token: string): void => void entries.delete(token),
  }
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}
