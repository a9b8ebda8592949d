/** Who did something, and when. Every write carries one to its entry on the record. */
export interface Act {
  actor: string
  at: Date
}

/** What an officer decides: never without a reason. */
export interface ReasonedAct extends Act {
  reason: string
}

/** An import, with the file it came from. */
export interface ImportAct extends Act {
  source: string
}
