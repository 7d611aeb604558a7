// What people come to do, done as they would do it.
import { strict as assert } from 'node:assert'
import { after, before, test } from 'node:test'
import { signIns } from './demo.mjs'
import { ADMIN, URL, checkPage, launch, open, picture, visit } from './harness.mjs'
import { code } from './totp.mjs'

/** Names that the pages give to fields and buttons, in one place. */
const PAGE = {
  search: { field: 'q' },
  signIn: { path: '/sign-in', email: 'email', password: 'password', button: /sign in/i },
  signOut: /sign out/i,
  imports: { path: '/imports/new', file: 'file', button: /import|read|upload|check/i }
}

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

/** Runs a story on a page of its own, and keeps a picture of where it ended or failed. */
function story (name, options, tell) {
  test(name, async () => {
    const { page, close } = await visit(browser, options)
    try {
      await tell(page)
      await picture(page, `story-${name}`)
    } catch (error) {
      await picture(page, `story-${name}`, true).catch(() => {})
      throw error
    } finally {
      await close()
    }
  })
}

const field = (page, name) => page.locator(`main [name="${name}"]`)
const button = (page, name) => page.locator('main').getByRole('button', { name }).first()
const focused = (page) => page.locator(':focus')

async function signIn (page, { email, password } = ADMIN) {
  await open(page, PAGE.signIn.path)
  await field(page, PAGE.signIn.email).fill(email)
  await field(page, PAGE.signIn.password).fill(password)
  await button(page, 'Sign in').click()
  await page.waitForLoadState()
}

/** The administrator by a click, as a code opens the account once only. */
async function beAdministrator (page) {
  await open(page, PAGE.signIn.path)
  await page.locator('main').getByRole('button', { name: /^Administrator: / }).click()
  await page.waitForURL(/\/start$/)
}

story('find a school by typing and open it, by keyboard only', {}, async (page) => {
  await open(page, '/schools')
  await page.keyboard.press('Tab')
  assert.match(await focused(page).innerText(), /skip to main content/i)
  await page.keyboard.press('Enter')
  // From the start of the content the box is a few steps away.
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press('Tab')
    if (await focused(page).getAttribute('name') === PAGE.search.field) break
  }
  assert.equal(await focused(page).getAttribute('name'), PAGE.search.field)
  await page.keyboard.type('headcorn')
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=headcorn/)
  const result = page.locator('main a[href*="/schools/118291"]').first()
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab')
    if (await result.evaluate((link) => link === document.activeElement)) break
  }
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/schools\/118291/)
  assert.match(await page.locator('h1').innerText(), /headcorn/i)
})

story('find a school without JavaScript', { js: false, size: 320 }, async (page) => {
  await open(page, '/')
  await field(page, PAGE.search.field).fill('headcorn')
  await field(page, PAGE.search.field).press('Enter')
  await page.waitForURL(/q=headcorn/)
  await page.locator('main a[href*="/schools/118291"]').first().click()
  await page.waitForURL(/\/schools\/118291/)
})

story('a wrong password is said first, and the field keeps the address', {}, async (page) => {
  await signIn(page, { ...ADMIN, password: 'not the password' })
  const summary = page.locator('.govuk-error-summary')
  assert.ok(await summary.evaluate((one) => one === document.activeElement), 'the summary has the focus')
  assert.match(await page.title(), /^Error: /)
  assert.equal(await field(page, PAGE.signIn.email).inputValue(), ADMIN.email)
  assert.equal(await field(page, PAGE.signIn.password).inputValue(), '')
  await checkPage(page)
  const link = summary.locator('a').first()
  if (await link.count()) {
    await link.click()
    assert.ok(await focused(page).evaluate((one) => one.matches('input')), 'its link leads to the field')
  }
})

story('sign in with a password and a code, and out again', {}, async (page) => {
  await signIn(page)
  await page.waitForURL(/\/sign-in\/code$/)
  await checkPage(page)
  const { totp_secret: secret } = signIns().find((one) => one.role === 'administrator')
  await field(page, 'code').fill(code(secret))
  await button(page, 'Go on').click()
  await page.waitForURL(/\/start$/)
  assert.equal(await page.locator('.govuk-error-summary').count(), 0)
  const out = page.locator('header').getByRole('button', { name: PAGE.signOut })
  await out.click()
  await page.waitForLoadState()
  assert.equal(await out.count(), 0)
  assert.equal((await page.context().cookies()).filter((cookie) => cookie.expires === -1 || cookie.expires * 1000 > Date.now())
    .filter((cookie) => /session/i.test(cookie.name) && cookie.value).length, 0, 'no session is left')
})

story('sign in without JavaScript', { js: false, size: 320 }, async (page) => {
  await signIn(page, signIns().find((one) => one.role === 'head'))
  assert.ok(await page.locator('header').getByRole('button', { name: PAGE.signOut }).count())
})

story('a file that cannot be read says where it is wrong, and changes nothing', {}, async (page) => {
  await beAdministrator(page)
  await open(page, PAGE.imports.path)
  await field(page, PAGE.imports.file).setInputFiles({
    name: 'shopping.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('bread,butter\n2,1\n')
  })
  await button(page, PAGE.imports.button).click()
  await page.waitForLoadState()
  await checkPage(page)
  assert.match(await page.locator('main').innerText(), /bread|column|header|recogni/i)
})

story('import a small file of inspections and read its report', {}, async (page) => {
  await beAdministrator(page)
  await open(page, PAGE.imports.path)
  await field(page, PAGE.imports.file).setInputFiles(new globalThis.URL('small.csv', import.meta.url).pathname)
  await button(page, PAGE.imports.button).click()
  await page.waitForLoadState()
  // A long import shows its progress first and comes to its report by itself.
  const report = page.locator('main').getByText(/\brows?\b/i).first()
  await report.waitFor({ timeout: 30_000 })
  await checkPage(page)
})

for (const options of [{}, { js: false, size: 320 }]) {
  const how = options.js === false ? ' without JavaScript' : ''
  story(`a trial letter waits, goes out and can be read${how}`, options, async (page) => {
    await beAdministrator(page)
    await open(page, '/admin/mail')
    await checkPage(page, options)
    await button(page, /trial letter/i).click()
    await page.waitForLoadState()
    assert.match(await page.title(), /^Error: /)
    await checkPage(page, options)
    await field(page, 'email').fill(`keeper${options.size ?? ''}@example.org`)
    await button(page, /trial letter/i).click()
    await page.waitForURL(/done=trial/)
    await checkPage(page, options)
    // The worker looks once a second.
    const letter = page.locator('main').getByText(`keeper${options.size ?? ''}@example.org`)
    for (let seconds = 0; seconds < 20; seconds++) {
      await open(page, '/demo/letters')
      if (await letter.count()) break
      await page.waitForTimeout(500)
    }
    assert.ok(await letter.count(), 'the letter is in the post')
    await checkPage(page, options)
    await open(page, '/admin/mail')
    assert.match(await page.locator('main').innerText(), /Trial letter/)
    await picture(page, `admin-mail-${options.size ?? 1280}`)
    await open(page, '/admin/jobs')
    assert.match(await page.locator('main').innerText(), /One worker is there/)
    await checkPage(page, options)
  })
}

story('a stranger cannot import', {}, async (page) => {
  const answer = await page.request.post(URL + PAGE.imports.path, { maxRedirects: 0 })
  assert.ok([302, 303, 401, 403].includes(answer.status()), `answered ${answer.status()}`)
})
