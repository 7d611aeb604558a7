// A school's way through Aspire: its head is invited, accepts, sets up a second
// factor and signs in with it, writes, lets the adviser read, takes that back and
// leaves. Once with the keyboard alone, once without JavaScript on a phone.
import { strict as assert } from 'node:assert'
import { after, before, test } from 'node:test'
import { WAYS } from './hands.mjs'
import { URL, checkPage, launch, open, picture, visit } from './harness.mjs'
import { code } from './totp.mjs'

const PROGRAMME = '/programmes/invented-northbridge-partnership'
const PASSWORD = 'seven quiet otters'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

/** The latest link in the demo's post to an address. */
async function post (page, email, pattern) {
  for (let attempt = 0; attempt < 60; attempt++) {
    await open(page, '/demo/letters')
    const text = await page.locator('main').innerText()
    const at = text.indexOf(email)
    const link = at < 0 ? undefined : text.slice(at).match(pattern)?.[0]
    if (link) return link
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  assert.fail('no letter came')
}

for (const { how, short, js, size, hands } of WAYS) {
  test(`a school joins, releases, withdraws and leaves, ${how}`, { timeout: 240_000 }, async () => {
    const { page, close } = await visit(browser, { js, size })
    const { press, write, choose, pick } = hands(page)
    const main = page.locator('main')
    const field = (called) => main.locator(`[name="${called}"]:not([type="hidden"])`).last()
    const button = (words) => main.getByRole('button', { name: words, exact: typeof words === 'string' }).first()
    const link = (words) => main.getByRole('link', { name: words }).first()
    let seen = 0
    const look = async (title) => {
      assert.match(await page.locator('h1').innerText(), title)
      await picture(page, `joining-${short}-${++seen}`)
      page.complaints = page.complaints.filter((one) => !/status of 4/.test(one))
      await checkPage(page, { js })
    }
    const signOut = async () => {
      await press(page.locator('header').getByRole('button', { name: /sign out/i }))
      await page.waitForURL(`${URL}/`)
    }
    try {
      const mark = Date.now()
      const school = `Invented: Fell Side ${mark}`
      const email = `head.${mark}@demo.example`

      // The programme's lead invites.
      await open(page, '/sign-in')
      await press(main.getByRole('button', { name: /^Programme lead: / }))
      await page.waitForURL(/\/start$/)
      await open(page, `${PROGRAMME}/invite`)
      await write(field('school'), school)
      await write(field('name'), 'Ruth Fell')
      await write(field('email'), email)
      await press(button('Send the invitation'))
      await page.waitForURL(/done=invited/)
      await look(/./)
      await signOut()

      // The head reads and accepts.
      await open(page, await post(page, email, /\/invitations\/[0-9a-f]{64}/))
      await look(/join/)
      await write(field('password'), 'Password1234')
      await press(button('Join the programme'))
      await look(/join/)
      assert.match(await page.locator('.govuk-error-summary').innerText(), /harder to guess/)
      await write(field('password'), PASSWORD)
      await press(button('Join the programme'))
      await page.waitForURL(/\/start$/)
      await look(/invite the people/i)

      // A second factor, and signing in with it.
      await open(page, '/account')
      await look(/your account/i)
      await press(main.locator('a[href="/account/second-factor"]'))
      await look(/only your password/i)
      await press(button('Set up an app'))
      await look(/set up an app/i)
      const secret = await main.locator('code.app-code').innerText()
      await write(field('code'), code(secret))
      await press(button('Set up'))
      await look(/keep these codes/i)
      const spare = await main.locator('li code').first().innerText()
      await signOut()
      await open(page, '/sign-in')
      await write(field('email'), email)
      await write(field('password'), PASSWORD)
      await press(button('Sign in'))
      await page.waitForURL(/\/sign-in\/code$/)
      await look(/enter your code/i)
      await write(field('code'), '000000')
      await press(button('Go on'))
      await look(/enter your code/i)
      assert.match(await page.title(), /^Error: /)
      // The app's code of this half minute was used in setting it up.
      await write(field('code'), spare)
      await press(button('Go on'))
      await page.waitForURL(/\/start$/)
      await open(page, '/account/sessions')
      await look(/signed in/i)

      // Own words, released to the programme's advisers, and taken back.
      await open(page, '/start')
      const own = await main.locator('a[href^="/organisations/"]').first().getAttribute('href')
      const home = own.match(/^\/organisations\/\d+/)[0]
      await open(page, `${home}/self-view/edit`)
      await write(field('strengths'), 'Our reading hour: each child reads to somebody every day.')
      await press(button(/^save/i))
      await page.waitForURL(/self-view(\?|$)/)
      await look(/./)
      await open(page, `${home}/releases`)
      await look(/./)
      const to = field('to')
      const adviser = await to.locator('option').evaluateAll((all) =>
        all.map((one) => one.label).find((words) => /adviser/i.test(words)))
      assert.ok(adviser, 'an adviser can be named')
      await pick(to, adviser)
      await press(button(/let them see it|release/i))
      await look(/./)
      assert.match(await main.innerText(), /adviser/i)
      await press(main.getByRole('button', { name: /withdraw/i }).first())
      await look(/./)

      // And out again, with a reason.
      await open(page, `${home}/leave`)
      await look(/./)
      await choose(main.locator('input[name="status"][value="left"]'))
      await write(field('reason'), 'We join the partnership of our own town')
      await press(button(/leave|go|save|say/i))
      await look(/./)
      assert.match(await main.innerText(), /stays/i)
      assert.equal((await page.request.get(`${URL}${home}`)).status(), 200, 'the school keeps its own')
    } catch (error) {
      await picture(page, `joining-${short}-failed`, true).catch(() => {})
      throw error
    } finally {
      await close()
    }
  })
}
