// What JavaScript makes nicer. Every page works without it: nothing here adds a
// thing one could not do or read otherwise. No inline handlers, no styles, no
// requests but to this site.

/* Focus what has to be read first: what is wrong with a form, what was done. */
const first = document.querySelector('.govuk-error-summary, .govuk-notification-banner[role=alert]')
if (first) {
  first.tabIndex = -1
  first.addEventListener('blur', () => first.removeAttribute('tabindex'), { once: true })
  first.focus()
}

/* A link in an error summary puts the cursor into its field. */
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('.govuk-error-summary a[href^="#"]')
  const field = link && document.getElementById(link.getAttribute('href').slice(1))
  if (!field) return
  event.preventDefault()
  history.replaceState(null, '', link.hash)
  const label = field.closest('fieldset')?.querySelector('legend') ?? field.closest('.govuk-form-group')
  label?.scrollIntoView()
  field.focus({ preventScroll: true })
})

/* A form is sent once a second at most where its button asks for it. */
const pressed = new WeakMap()
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-prevent-double-click]')
  if (!button) return
  if (event.timeStamp - (pressed.get(button) ?? -1000) < 1000) event.preventDefault()
  else pressed.set(button, event.timeStamp)
})

/* A password can be shown while it is typed, and is hidden when it is sent. */
for (const group of document.querySelectorAll('.govuk-password-input')) {
  const input = group.querySelector('input')
  const toggle = group.querySelector('button')
  const show = (shown) => {
    input.type = shown ? 'text' : 'password'
    toggle.textContent = shown ? 'Hide' : 'Show'
    toggle.setAttribute('aria-label', shown ? 'Hide password' : 'Show password')
  }
  toggle.hidden = false
  toggle.addEventListener('click', () => show(input.type === 'password'))
  input.form?.addEventListener('submit', () => show(false))
}

/* A panel with data-refresh="5" is fetched again every five seconds, until the
   server sends it without the attribute. Without JavaScript its page has a link. */
const refresh = async (panel) => {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.getElementById(panel.id)
      if (!fresh || !fresh.dataset.refresh) return location.reload()
      if (fresh.innerHTML !== panel.innerHTML) panel.replaceChildren(...fresh.childNodes)
    }
  } catch {
    // The server is away for a moment: try again next time.
  }
  wait(panel)
}
const wait = (panel) => setTimeout(refresh, 1000 * Math.max(1, Number(panel.dataset.refresh) || 5), panel)
document.querySelectorAll('[data-refresh][id]').forEach(wait)

/* The row of the table that belongs to the pointer's place in the picture, read
   out below it. The drawing says where its plot begins and ends, in its own
   units (data-plot="left right"); a row says how far along it lies (data-x, 0 to 1). */
for (const figure of document.querySelectorAll('.app-chart')) {
  const rows = [...figure.querySelectorAll('tr[data-x]')]
  const heads = [...figure.querySelectorAll('thead th')].map((th) => th.textContent.trim())
  if (!rows.length) continue
  const out = document.createElement('p')
  out.className = 'app-chart__readout'
  out.ariaHidden = 'true' // the table says the same to who listens
  figure.querySelector('.chart-narrow')?.after(out)
  for (const svg of figure.querySelectorAll('svg')) {
    svg.addEventListener('pointermove', (event) => {
      const box = svg.getBoundingClientRect()
      const view = svg.viewBox.baseVal
      const [left, right] = (svg.dataset.plot ?? `${view.x} ${view.x + view.width}`).split(' ').map(Number)
      const x = (view.x + ((event.clientX - box.left) / box.width) * view.width - left) / (right - left)
      const near = rows.reduce((a, b) => (Math.abs(b.dataset.x - x) < Math.abs(a.dataset.x - x) ? b : a))
      out.textContent = [...near.cells].map((cell, i) => (i ? `${heads[i]}: ` : '') + cell.textContent.trim()).join(' · ')
    })
    svg.addEventListener('pointerleave', () => { out.textContent = '' })
  }
}

/* A form with data-draft is kept on the server two seconds after one stops
   typing. Without JavaScript it has a button for that. A draft is sent as the
   form itself is, so that the server knows one way only. */
for (const form of document.querySelectorAll('form[data-draft]')) {
  const status = form.querySelector('[data-draft-status]')
  const say = (words) => { if (status) status.textContent = words }
  let waiting = 0
  let sending = false
  let again = false
  const keep = async () => {
    if (sending) { again = true; return }
    sending = true
    const body = new URLSearchParams(new FormData(form))
    body.set('do', 'draft')
    try {
      const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' }, redirect: 'error' })
      if (!answer.ok) throw new Error(answer.status)
      say(`Draft kept at ${(await answer.json()).saved}. Only you see it.`)
    } catch {
      say('The draft could not be kept just now. Leave this page open; it is tried again when you type.')
    }
    sending = false
    if (again) { again = false; keep() }
  }
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(keep, 2000) })
  // What is sent needs no draft any more.
  form.addEventListener('submit', () => clearTimeout(waiting))
}

/* A form with data-passkey asks the browser for a passkey (create or get) and is
   sent with the answer. Browsers offer passkeys to scripts only, so it is hidden
   until a script shows it; a password and a code do the same without. */
const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const passkey = async (form) => {
  const body = new URLSearchParams(new FormData(form))
  const asked = await fetch(form.dataset.ask, { method: 'POST', body, redirect: 'error' })
  if (!asked.ok) throw new Error(asked.status)
  const options = await asked.json()
  const key = options.publicKey
  key.challenge = fromText(key.challenge)
  if (key.user) key.user.id = fromText(key.user.id)
  for (const known of [...(key.excludeCredentials ?? []), ...(key.allowCredentials ?? [])]) known.id = fromText(known.id)
  const found = await navigator.credentials[form.dataset.passkey](options)
  const response = {}
  for (const part of ['attestationObject', 'clientDataJSON', 'authenticatorData', 'signature', 'userHandle']) {
    if (found.response[part]) response[part] = toText(found.response[part])
  }
  return { id: found.id, rawId: toText(found.rawId), type: found.type, response, extensions: {} }
}
for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) continue
  form.hidden = false
  const status = form.querySelector('[data-passkey-status]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    status.textContent = 'Your browser asks for your passkey.'
    try {
      form.elements.answer.value = JSON.stringify(await passkey(form))
      HTMLFormElement.prototype.submit.call(form)
    } catch {
      status.textContent = 'No passkey was shown, and nothing was changed. Try again, or use another way.'
    }
  })
}
