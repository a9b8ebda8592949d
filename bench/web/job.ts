/** What the client is asked to do: the same for ours and for what it is held against. */
export interface Job {
  origin: string
  /** What one of its connections asks for again and again, one after the other. */
  steps: readonly Step[]
  connections: number
  seconds: number
  /** No further one is begun once so many have been; those of a second are spread over it. */
  atMost?: number
  /** In a second, spread evenly; as fast as they are answered unless told. */
  rate?: number
  /** Every round is somebody else's: `{hospital}` in a body stands for the next of these. */
  hospitals?: readonly string[]
  /** Every round begins with it, and keeps what it is given; without it none is kept. */
  cookie?: string
}

export interface Step {
  method: 'GET' | 'POST'
  /** Null: where the answer before has led. */
  path: string | null
  headers: Record<string, string>
  /** `{id}` stands for a number that no other round has, `{hospital}` for a hospital. */
  body?: string
  status: number
  /** Bytes that its answer has at least. */
  atLeast: number
}

export interface Done {
  /** Rounds that were answered as they should. */
  count: number
  seconds: number
  /** Of what was answered otherwise, the first few in words. */
  failed: number
  failures: string[]
  /** Milliseconds of each round, and of each step. */
  rounds: number[]
  steps: number[][]
}
