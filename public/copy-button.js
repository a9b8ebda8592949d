/** Shows the copy buttons: `data-copy` names the field whose text they take. */
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy)
    const copied = await copy(field)
    document.querySelector('[data-copied]').textContent = copied
      ? 'コピーしました。'
      : 'コピーできませんでした。リンクが選択されていますので、キーボードや画面の操作でコピーしてください。'
  })
}

async function copy(field) {
  field.select()
  // Browsers give a page the clipboard on https and on the machine itself only; the old way goes everywhere.
  if (!navigator.clipboard) return document.execCommand('copy')
  return navigator.clipboard.writeText(field.value).then(
    () => true,
    () => document.execCommand('copy'),
  )
}
