/** What is looked at before a round is frozen. */
export interface Check {
  /** `block`: it cannot be confirmed. `warn`: only with the officer's word. `info`: worth knowing. */
  level: 'ok' | 'info' | 'warn' | 'block'
  text: string
  /** The page behind it; null where there is none. */
  href: string | null
}
