/** The chapter of the officers' guide that a page belongs to, by the beginning of its address; the longest counts. */
const CHAPTERS: Readonly<Record<string, string>> = {
  '/admin': 'year',
  '/admin/users': 'users',
  '/admin/password': 'users',
  '/admin/settings': 'settings',
  '/admin/notice': 'notice',
  '/admin/hospitals': 'hospitals',
  '/admin/hospitals/import': 'import',
  '/admin/hospitals/matches': 'matches',
  '/admin/hospitals/carry-over': 'next-year',
  '/admin/gmis': 'gmis',
  '/admin/invitations': 'invitations',
  '/admin/nonrespondents': 'nonrespondents',
  '/admin/reminders': 'nonrespondents',
  '/admin/submissions': 'answers',
  '/admin/submissions/new': 'proxy',
  '/admin/late-links': 'late',
  '/admin/tally': 'tally',
  '/admin/policy': 'policy',
  '/admin/scenarios': 'policy',
  '/admin/selection': 'selection',
  '/admin/selection/confirm': 'confirm',
  '/admin/proposals': 'confirm',
  '/admin/rounds': 'rounds',
  '/admin/acceptance': 'acceptance',
  '/admin/reports': 'report',
  '/admin/letters': 'letters',
  '/admin/audit': 'audit',
  '/admin/package': 'package',
  '/admin/next-edition': 'next-year',
}

/** /admin/submissions/R-0001/edit → answers */
export function chapterOf(path: string): string {
  const parts = path.split('/')
  for (let length = parts.length; length > 2; length -= 1) {
    const chapter = CHAPTERS[parts.slice(0, length).join('/')]
    if (chapter !== undefined) return chapter
  }
  return CHAPTERS['/admin']!
}
