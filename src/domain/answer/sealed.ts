import type { Submission } from './submission.ts'

/**
 * What a hospital answered elsewhere and may have to stay unread: only its own answer that counts, with the consent in
 * it, opens it. It can be worked on unopened, and says nothing of itself where it is printed or written as JSON.
 */
export class Sealed<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** Made into something else, as closed as before. */
  map<Other>(work: (value: T) => Other): Sealed<Other> {
    return new Sealed(work(this.#value))
  }

  /** @param current the hospital's answer that counts; null without. @returns null without its consent */
  open(current: Pick<Submission, 'state' | 'answers'> | null): { value: T } | null {
    return consentOf(current) === 'given' ? { value: this.#value } : null
  }
}

/** Whether a hospital lets its GMIS answers be used, by its answer that counts. */
type Consent = 'given' | 'refused' | 'no-answer'

/** @param current null where the hospital has no answer that counts */
export function consentOf(current: Pick<Submission, 'state' | 'answers'> | null): Consent {
  if (current?.state !== 'current') return 'no-answer'
  return current.answers.gmisConsent ? 'given' : 'refused'
}
