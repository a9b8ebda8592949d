/** Adds to the form what only a script can: a filter for the hospitals, fields that hide, a warning before a loss. */
const form = document.querySelector('[data-survey-form]')

filterHospitals(form.elements.hospitalCode, document.querySelector('[data-hospital-filter]'))
for (const part of form.querySelectorAll('[data-shown-with]')) showWithChoice(part)
warnBeforeLoss()
numberBeforeSending()

/** The select stays as it is; the filter only takes options out of it. The chosen one never goes. */
function filterHospitals(select, place) {
  const everything = [...select.children]
  const label = Object.assign(document.createElement('label'), {
    className: 'filter__label',
    htmlFor: 'hospital-filter',
    textContent: '病院名・市町村名で絞り込む',
  })
  const input = Object.assign(document.createElement('input'), {
    className: 'input input--m',
    id: 'hospital-filter',
    type: 'search',
    autocomplete: 'off',
  })
  const count = Object.assign(document.createElement('p'), { className: 'field__support filter__count' })
  count.setAttribute('role', 'status')
  input.setAttribute('aria-controls', select.id)
  place.classList.add('filter')
  place.append(label, input, count)

  input.addEventListener('input', () => {
    const words = folded(input.value).split(/\s+/).filter(Boolean)
    const shown = everything.map((node) => narrowed(node, words, select.value)).filter(Boolean)
    const chosen = select.value
    select.replaceChildren(...shown)
    select.value = chosen
    const hits = [...select.querySelectorAll('optgroup > option')].filter((option) => fits(option, words))
    count.textContent = words.length === 0 ? '' : `${hits.length}病院が該当します。`
  })
  // Enter here would send the whole form.
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    select.focus()
  })
}

/** An option of no group (選択してください, 一覧にない病院) always stays. */
function narrowed(node, words, chosen) {
  if (words.length === 0 || node.localName === 'option') return node
  const stays = (option) => option.value === chosen || fits(option, words)
  const options = [...node.children].filter(stays).map((option) => option.cloneNode(true))
  if (options.length === 0) return null
  const group = node.cloneNode(false)
  group.append(...options)
  return group
}

function fits({ label }, words) {
  return words.every((word) => folded(label).includes(word))
}

function folded(text) {
  return text.normalize('NFKC').toLowerCase().trim()
}

/** `data-shown-with="emr=planned"`: hidden while the field holds another value. What was typed stays in it. */
function showWithChoice(part) {
  const [name, value] = part.dataset.shownWith.split('=')
  const update = () => {
    part.hidden = new FormData(form).get(name) !== value
  }
  form.addEventListener('change', update)
  window.addEventListener('pageshow', update)
  update()
}

function warnBeforeLoss() {
  let changed = false
  form.addEventListener('input', (event) => {
    if (event.target.name) changed = true
  })
  form.addEventListener('submit', () => {
    changed = false
  })
  window.addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault()
  })
}

/**
 * 確認 numbers a sending. Numbered here already, the page keeps the number in its history entry: who goes back after
 * sending corrects that answer, and sends no second one. A page opened anew begins without.
 */
function numberBeforeSending() {
  const { submissionId } = form.elements
  const [navigation] = performance.getEntriesByType('navigation')
  if (navigation?.type === 'back_forward') submissionId.value ||= history.state?.submissionId ?? ''
  form.addEventListener('submit', () => {
    // Browsers make one on https and on the machine itself only.
    submissionId.value ||= crypto.randomUUID?.() ?? ''
    history.replaceState({ submissionId: submissionId.value }, '')
  })
}
