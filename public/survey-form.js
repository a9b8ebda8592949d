/** Adds to the form what only a script can: a filter for the hospitals, fields that hide, a warning before a loss. */
const form = document.querySelector('[data-survey-form]')
const select = form.querySelector('select[name="hospitalCode"]')

// A correction keeps its hospital: there is nothing to pick.
if (select) {
  showFacts(form.querySelector('[data-hospital-facts]'), form.querySelector('[data-with-facts]'))
  addFilter(form.querySelector('[data-hospital-filter]'))
}
for (const part of form.querySelectorAll('[data-shown-with]')) showWithChoice(part)
warnBeforeLoss()
numberBeforeSending()

/** The select stays what it is; the filter only takes options out of it. The chosen one never goes. */
function addFilter(place) {
  const label = element('label', 'filter__label', '病院名・フリガナ・市町村名・医療機関コードで絞り込む')
  const input = element('input', 'input input--l')
  const count = element('p', 'field__support filter__count')
  Object.assign(input, { id: 'hospital-filter', type: 'search', autocomplete: 'off' })
  label.htmlFor = input.id
  input.setAttribute('aria-controls', select.id)
  count.setAttribute('role', 'status')
  place.classList.add('filter')
  place.append(label, input, count)

  const everything = [...select.children]
  const groups = everything
    .filter(({ localName }) => localName === 'optgroup')
    .map((group) => ({
      group,
      options: [...group.children].map((option) => ({ option, text: textOf(option) })),
    }))

  const narrow = () => {
    const words = input.value.normalize('NFKC').split(/\s+/).map(folded).filter(Boolean)
    const chosen = select.value
    const hits = []
    for (const { group, options } of groups) {
      const fitting = options.filter(({ text }) => words.every((word) => text.includes(word)))
      hits.push(...fitting.map(({ option }) => option))
      const shown = options.filter((each) => fitting.includes(each) || each.option.value === chosen)
      group.replaceChildren(...shown.map(({ option }) => option))
    }
    select.replaceChildren(
      ...everything.filter(({ localName, children }) => localName === 'option' || children.length > 0),
    )
    select.value = chosen
    count.textContent = words.length === 0 ? '' : countText(hits.length)
    return words.length === 0 ? [] : hits
  }
  input.addEventListener('input', narrow)
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || !['Enter', 'ArrowDown', 'Escape'].includes(event.key))
      return
    // Enter here would send the whole form.
    event.preventDefault()
    if (event.key === 'Escape') input.value = ''
    const hits = narrow()
    if (event.key === 'Escape') return
    if (event.key === 'Enter' && hits.length === 1) choose(hits[0])
    select.focus()
  })
}

function choose({ value }) {
  if (select.value === value) return
  select.value = value
  select.dispatchEvent(new Event('input', { bubbles: true }))
  select.dispatchEvent(new Event('change', { bubbles: true }))
}

function countText(hits) {
  if (hits === 0)
    return '該当する病院がありません。言葉を短くするか、一覧の最後の「一覧にない病院」を選択してください。'
  return hits === 1
    ? '1病院が該当します。Enterキーで選択できます。'
    : `${hits}病院が該当します。下の一覧から選択してください。`
}

/** Name, municipality, reading, code and region of a hospital, each found on its own. */
function textOf(option) {
  return [option.label, factsOf(option).kana, option.value, option.parentNode.label].map(folded).join('|')
}

/** However it is written: width, kana, small kana, hyphens and spaces, and the old forms that names have. */
function folded(text) {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/[ァィゥェォッャュョヮ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 1))
    .replace(
      /[ヵヶ﨑髙濵濱嶋澤邊邉齋]/g,
      (old) => 'カケ崎高浜浜島沢辺辺斎'['ヵヶ﨑髙濵濱嶋澤邊邉齋'.indexOf(old)],
    )
    .replace(/[\s\-‐-―−ー・,、()]/g, '')
}

/** Beds and region of the chosen hospital, for checking, and where to say that they are wrong. */
function showFacts(place, correction) {
  place.setAttribute('role', 'status')
  const update = () => {
    const [option] = select.selectedOptions
    const { beds } = factsOf(option)
    const known = beds && `許可病床数：${beds}床　二次医療圏：${option.parentNode.label}`
    correction.hidden = !known
    // Set again it would be read out again.
    if (place.textContent !== known) place.replaceChildren(...(known ? [element('p', 'facts', known)] : []))
  }
  form.addEventListener('change', update)
  window.addEventListener('pageshow', update)
  update()
}

/** Reading and beds, which only the hospitals of the master have. */
function factsOf(option) {
  const [, kana = '', beds = ''] = option?.dataset.facts?.match(/^(.*) (\d+)$/) ?? []
  return { kana, beds }
}

function element(name, className, textContent = '') {
  return Object.assign(document.createElement(name), { className, textContent })
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
  // A page that came filled was not sent either.
  let changed = form.dataset.surveyForm === 'filled'
  form.addEventListener('input', ({ target }) => {
    if (target.name) changed = true
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
  if (!submissionId) return
  const [navigation] = performance.getEntriesByType('navigation')
  if (navigation?.type === 'back_forward') submissionId.value ||= history.state?.submissionId ?? ''
  form.addEventListener('submit', () => {
    // Browsers make one on https and on the machine itself only.
    submissionId.value ||= crypto.randomUUID?.() ?? ''
    history.replaceState({ submissionId: submissionId.value }, '')
  })
}
