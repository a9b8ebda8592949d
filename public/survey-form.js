/** Adds to a form what only a script can: fields that hide, a warning before a loss, a number for the sending. */
const form = document.querySelector('[data-survey-form]')

for (const part of form.querySelectorAll('[data-shown-with]')) showWithChoice(part)
warnBeforeLoss()
numberBeforeSending()

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
    // A page that came by a POST brings its number. Its history entry must stay as it is: rewritten, it would be asked for
    // by GET on the way back, and all that was typed would be lost.
    if (submissionId.value) return
    // Browsers make one on https and on the machine itself only.
    submissionId.value = crypto.randomUUID?.() ?? ''
    history.replaceState({ submissionId: submissionId.value }, '')
  })
}
