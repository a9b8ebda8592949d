/**
 * The chapter of the officers' guide that a page belongs to, by the beginning of its address; the longest counts.
 * A star stands for one part: a number, a code.
 */
const CHAPTERS: readonly (readonly [address: string, chapter: string])[] = [
  ['/admin', 'year'],
  ['/admin/setup', 'first-run'],
  ['/admin/login', 'users'],
  ['/admin/users', 'users'],
  ['/admin/password', 'users'],
  ['/admin/proof', 'account'],
  ['/admin/account', 'account'],
  ['/admin/resend', 'trouble'],
  ['/admin/settings', 'settings'],
  ['/admin/settings/ministry', 'report'],
  ['/admin/notice', 'notice'],
  ['/admin/questions', 'questions'],
  ['/admin/hospitals', 'hospitals'],
  ['/admin/hospitals/new', 'hospital-edit'],
  ['/admin/hospitals/*/edit', 'hospital-edit'],
  ['/admin/hospitals/*/close', 'hospital-edit'],
  ['/admin/hospitals/*/reopen', 'hospital-edit'],
  ['/admin/hospitals/*/merge', 'hospital-edit'],
  ['/admin/hospitals/*/unmerge', 'hospital-edit'],
  ['/admin/hospitals/import', 'import'],
  ['/admin/hospitals/imports', 'import'],
  ['/admin/hospitals/matches', 'matches'],
  ['/admin/hospitals/differences', 'sources'],
  ['/admin/hospitals/*/sources', 'sources'],
  ['/admin/hospitals/public-facts', 'public-facts'],
  ['/admin/hospitals/carry-over', 'next-year'],
  ['/admin/hospitals/*/designate', 'judgement'],
  ['/admin/hospitals/*/exclude', 'judgement'],
  ['/admin/hospitals/*/undo-override', 'judgement'],
  ['/admin/hospitals/*/move', 'judgement'],
  ['/admin/hospitals/*/undo-move', 'judgement'],
  ['/admin/overrides', 'judgement'],
  ['/admin/gmis', 'gmis'],
  ['/admin/invitations', 'invitations'],
  ['/admin/invitations/key', 'link-key'],
  ['/admin/nonrespondents', 'nonrespondents'],
  ['/admin/reminders', 'reminders'],
  ['/admin/submissions', 'answers'],
  ['/admin/submissions/*/close', 'waiting'],
  ['/admin/submissions/*/reopen', 'waiting'],
  ['/admin/submissions/*/unlink', 'waiting'],
  ['/admin/submissions/*/edit', 'correct'],
  ['/admin/submissions/*/contact', 'correct'],
  ['/admin/submissions/*/withdraw', 'correct'],
  ['/admin/submissions/*/versions', 'correct'],
  ['/admin/submissions/*/correction', 'hospital-edit'],
  ['/admin/submissions/*/receipt', 'proxy'],
  ['/admin/submissions/new', 'proxy'],
  ['/admin/late-links', 'late'],
  ['/admin/undelivered', 'trouble'],
  ['/admin/tally', 'tally'],
  ['/admin/policy', 'policy'],
  ['/admin/scenarios', 'scenarios'],
  ['/admin/lot', 'lot'],
  ['/admin/selection', 'selection'],
  ['/admin/fairness', 'fairness'],
  ['/admin/selection/order', 'judgement'],
  ['/admin/selection/confirm', 'confirm'],
  ['/admin/selection/preflight', 'confirm'],
  ['/admin/selection/list', 'confirm'],
  ['/admin/selection/reasons', 'confirm'],
  ['/admin/proposals', 'approval'],
  ['/admin/rounds', 'rounds'],
  ['/admin/rounds/*/approval', 'approval'],
  ['/admin/rounds/*/decline', 'decline'],
  ['/admin/rounds/*/reopen', 'decline'],
  ['/admin/rounds/*/acceptance', 'acceptance'],
  ['/admin/rounds/*/publication', 'publication'],
  ['/admin/rounds/*/report', 'report'],
  ['/admin/reports', 'report'],
  ['/admin/letters', 'letters'],
  ['/admin/audit', 'audit'],
  ['/admin/package', 'package'],
  ['/admin/disclosure', 'disclosure'],
  ['/admin/rounds/*/disclosure.zip', 'disclosure'],
  ['/admin/next-edition', 'next-year'],
  ['/admin/purge', 'retention'],
  ['/admin/rehearsal', 'rehearsal'],
]

const BY_ADDRESS = new Map(CHAPTERS)

/** Their names take the place that a hospital's code or a number has in other addresses. */
const FIXED = new Set(
  CHAPTERS.flatMap(([address]) => address.split('/').slice(3, 4)).filter((part) => part !== '*'),
)

/** /admin/submissions/R-0001/edit → correct */
export function chapterOf(path: string): string {
  const parts = path.split('/')
  for (let length = parts.length; length > 2; length -= 1) {
    const address = parts.slice(0, length)
    const chapter = BY_ADDRESS.get(address.join('/')) ?? BY_ADDRESS.get(starred(address).join('/'))
    if (chapter !== undefined) return chapter
  }
  return BY_ADDRESS.get('/admin')!
}

function starred(address: string[]): string[] {
  const own = address[3]
  return own === undefined || FIXED.has(own) ? address : address.with(3, '*')
}
