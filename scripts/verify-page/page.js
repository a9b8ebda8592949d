import './without-eval.js'
import { accountOf } from '../../src/domain/record/archive-account.ts'
import { verdictOf } from '../../src/domain/selection/archive/verdict.ts'
import { readPublicKeyPem } from '../../src/domain/text/ed25519.ts'

/** The page around the check: a file in, a verdict out. Nothing leaves the browser. */

const input = document.querySelector('#file')
const keyInput = document.querySelector('#key')
const keyProblem = document.querySelector('#key-problem')
const drop = document.querySelector('#drop')
/** By which the archive has to be signed; null while nobody has chosen one. */
let key = null
/** What was looked at last: another key looks at it again. */
let shown = null

const outcome = document.querySelector('#outcome')
const heading = document.querySelector('#verdict')
const details = document.querySelector('#details')

// A browser says nothing where the same file is chosen again, though it was changed meanwhile.
input.addEventListener('click', () => {
  input.value = ''
})
input.addEventListener('change', () => check(input.files[0]))
keyInput.addEventListener('change', async () => {
  const [file] = keyInput.files
  key = file ? readPublicKeyPem(await textOf(file)) : null
  keyProblem.hidden = !file || key !== null
  if (shown && (!file || key !== null)) check(shown)
})
for (const event of ['dragenter', 'dragover'])
  drop.addEventListener(event, (dragged) => {
    dragged.preventDefault()
    drop.dataset.over = 'true'
  })
for (const event of ['dragleave', 'drop']) drop.addEventListener(event, () => delete drop.dataset.over)
drop.addEventListener('drop', (dropped) => {
  dropped.preventDefault()
  check(dropped.dataTransfer.files[0])
})
// Beside the field a browser would open the file in the place of this page.
for (const event of ['dragover', 'drop'])
  document.addEventListener(event, (dragged) => dragged.preventDefault())
document.querySelector('#print').addEventListener('click', () => print())

/** '' where it cannot be read, or is too long to be a key. */
async function textOf(file) {
  try {
    return file.size > 4096 ? '' : new TextDecoder().decode(await file.arrayBuffer())
  } catch {
    return ''
  }
}

async function check(file) {
  if (!file) return
  shown = file
  show('busy', '検証しています', [element('p', file.name)])
  let bytes
  try {
    bytes = new Uint8Array(await file.arrayBuffer())
  } catch {
    // Moved or closed to us meanwhile, or a folder.
    show('other', '読み取れません', [
      element('p', file.name),
      element('p', 'ファイルを読み取れませんでした。ファイルを選び直してください。'),
    ])
    return
  }
  const verdict = verdictOf(bytes, key)
  if (verdict.kind === 'other')
    show('other', '保存用一式ではありません', [
      element('p', file.name),
      element('p', '確定した選定の保存用一式のファイルを選んでください。'),
    ])
  else if (verdict.kind === 'mismatch')
    show('mismatch', '不一致', [
      element('p', file.name),
      element('p', verdict.text, 'result'),
      element('p', '最初に見つかった違いです。ほかにも違いがある場合があります。', 'hint'),
    ])
  else show('match', '一致', [element('p', file.name), ...matched(verdict)])
}

function show(kind, title, parts) {
  outcome.dataset.kind = kind
  outcome.hidden = false
  heading.textContent = title
  details.replaceChildren(...parts)
  outcome.focus()
}

function matched({ text, signature, verification: { archive, sha256 } }) {
  const { title, facts, checks, bands, files } = accountOf(archive)
  const totals = ['区分', '支援枠', '選定対象', '選定', '補欠', '過不足']
  return [
    element('p', text, 'result'),
    ...(signature === null ? [] : [element('p', signature, 'signature')]),
    element('h3', '照合する値'),
    element('p', '決裁の書類などに控えた値と、次の値（全体のSHA-256）が同じであることを確認してください。'),
    element('p', sha256.replace(/(.{8})(?!$)/g, '$1 '), 'fingerprint'),
    element('h3', title),
    list(
      'dl',
      facts.flatMap(({ label, text: value }) => [element('dt', label), element('dd', value)]),
    ),
    element('h3', '選定の結果'),
    table(
      totals,
      bands.map((band) => [
        band.label,
        band.seats,
        band.eligible,
        band.selected,
        band.waitlisted,
        band.balance,
      ]),
    ),
    element('h3', '確認したこと'),
    list(
      'ul',
      checks.map((each) => element('li', each)),
    ),
    element('h3', '収められているファイル'),
    table(
      ['ファイル', '名前', 'SHA-256'],
      files.map((file) => [file.label, file.name, file.sha256]),
      'files',
    ),
  ]
}

function element(tag, text, name) {
  const made = document.createElement(tag)
  made.textContent = text
  if (name) made.className = name
  return made
}

function list(tag, items) {
  const made = document.createElement(tag)
  made.append(...items)
  return made
}

function table(heads, rows, name = '') {
  const made = document.createElement('table')
  made.className = name
  const head = list(
    'tr',
    heads.map((text) => element('th', text)),
  )
  for (const cell of head.children) cell.scope = 'col'
  const body = rows.map(([first, ...rest]) => {
    const row = list('tr', [element('th', first), ...rest.map((text) => element('td', String(text)))])
    row.firstChild.scope = 'row'
    return row
  })
  made.append(list('thead', [head]), list('tbody', body))
  const frame = list('div', [made])
  frame.className = 'scroll'
  frame.tabIndex = 0
  frame.setAttribute('role', 'group')
  frame.setAttribute('aria-label', heads.join('、'))
  return frame
}
