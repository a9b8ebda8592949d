/** What the program answers to; whatever else a client may call its method is one kind. */
export const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS'])

/** Why something was refused, by the status that said so. */
export const REFUSALS: Readonly<Record<number, string>> = {
  400: 'unreadable',
  401: 'no-token',
  403: 'forbidden',
  404: 'not-found',
  405: 'method',
  408: 'too-slow',
  409: 'conflict',
  410: 'over',
  413: 'too-large',
  415: 'media-type',
  422: 'invalid',
  429: 'too-many',
  431: 'head-too-large',
  500: 'error',
  503: 'unavailable',
}

/** By the record's actions. */
export const ANSWER_ACTS: Readonly<Record<string, string>> = {
  'submission.created': 'received',
  'submission.corrected': 'corrected',
  'submission.withdrawn': 'withdrawn',
}

export const LOGIN_ACTS: Readonly<Record<string, string>> = {
  'login.succeeded': 'succeeded',
  'login.failed': 'failed',
  'login.code-failed': 'code-failed',
}
