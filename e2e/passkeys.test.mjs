// Passkeys, with the browser's own virtual authenticator, by the keyboard alone.
// They belong to a name, so this Aspire is one of its own at ‘localhost’.
import { strict as assert } from 'node:assert'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { byKeyboard } from './hands.mjs'
import { checkPage, launch } from './harness.mjs'

const EMAIL = 'sam@example.org'
const PASSWORD = 'four slow herons'

let browser, server, folder, site
before(async () => {
  browser = await launch()
  folder = mkdtempSync(join(tmpdir(), 'aspire-passkeys-'))
  const port = await new Promise((resolve) => {
    const taken = createServer().listen(0, '127.0.0.1', () => {
      const { port } = taken.address()
      taken.close(() => resolve(port))
    })
  })
  site = `http://localhost:${port}`
  const env = {
    ...process.env, ASPIRE_DATABASE: `sqlite:${join(folder, 'aspire.db')}`, ASPIRE_LISTEN: `127.0.0.1:${port}`,
    ASPIRE_ADDRESS: site, ASPIRE_LOG: 'warn', ASPIRE_URL: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: ''
  }
  for (const name of ['ASPIRE_URL', 'ASPIRE_PROGRAM']) delete env[name]
  const program = process.env.ASPIRE_PROGRAM
  assert.ok(program, 'ASPIRE_PROGRAM names the program')
  const made = spawnSync(program, ['user', 'create-administrator', '--email', EMAIL, '--name', 'Sam West'],
    { env, input: `${PASSWORD}\n`, encoding: 'utf8' })
  assert.equal(made.status, 0, made.stderr)
  server = spawn(program, ['serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  for (let attempt = 0; attempt < 150; attempt++) {
    if (await fetch(`${site}/readyz`).then((answer) => answer.ok, () => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.fail('the server did not start')
})
after(async () => {
  server?.kill('SIGTERM')
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a passkey is added, opens the account without a password, and is removed', async () => {
  const context = await browser.newContext({ locale: 'en-GB' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  page.complaints = []
  const hands = byKeyboard(page)
  try {
    const devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
        isUserVerified: true, automaticPresenceSimulation: true
      }
    })
    const main = page.locator('main')
    const press = async (name) => await hands.touch(main.getByRole('button', { name }).first())
    const signIn = async () => {
      await page.goto(`${site}/sign-in`)
      await hands.write(main.locator('[name=email]'), EMAIL)
      await hands.write(main.locator('[name=password]'), PASSWORD)
      await press('Sign in')
    }
    const signOut = async () => await hands.press(page.locator('header').getByRole('button', { name: /sign out/i }))

    // A password alone shows an administrator nothing yet.
    await signIn()
    await page.waitForURL(/\/start$/)
    assert.match(await page.locator('h1').innerText(), /second factor first/i)
    await checkPage(page)
    assert.equal((await page.request.get(`${site}/admin/jobs`)).status(), 404)
    await page.goto(`${site}/account/second-factor`)
    await checkPage(page)
    await hands.write(main.locator('[name=name]'), 'The key on my ring')
    await press('Add a passkey')
    await page.waitForSelector('h1:has-text("Keep these codes")')
    await checkPage(page)
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
    assert.equal(credentials.length, 1)
    assert.equal(credentials[0].rpId, 'localhost')
    assert.equal((await page.request.get(`${site}/admin/jobs`)).status(), 200, 'shown in adding it')
    await signOut()

    // It opens the account by itself.
    await page.goto(`${site}/sign-in`)
    await press('Sign in with a passkey')
    await page.waitForURL(/\/start$/)
    assert.equal((await page.request.get(`${site}/admin/jobs`)).status(), 200)
    await signOut()

    // And is the second factor after a password.
    await signIn()
    await page.waitForURL(/\/sign-in\/code$/)
    await checkPage(page)
    await press('Sign in with a passkey')
    await page.waitForURL(/\/start$/)
    await signOut()

    // Whoever cannot show a finger is not let in.
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await page.goto(`${site}/sign-in`)
    await press('Sign in with a passkey')
    await page.waitForFunction(() => /No passkey was shown/.test(document.querySelector('[data-passkey-status]')?.textContent) ||
      /not signed in/i.test(document.querySelector('h1')?.textContent))
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })

    // An administrator keeps at least one.
    await page.goto(`${site}/sign-in`)
    await press('Sign in with a passkey')
    await page.waitForURL(/\/start$/)
    await page.goto(`${site}/account/second-factor`)
    await hands.press(main.getByRole('button', { name: /^Remove ‘The key on my ring’/ }).first())
    await checkPage(page)
    assert.match(await page.locator('.govuk-error-summary').innerText(), /Add another one before/)

    // One that was lost opens nothing more once it is removed at the machine itself.
    const answer = spawnSync(process.env.ASPIRE_PROGRAM, ['user', 'reset-second-factor', '--email', EMAIL],
      { env: { ...process.env, ASPIRE_DATABASE: `sqlite:${join(folder, 'aspire.db')}` }, encoding: 'utf8' })
    assert.equal(answer.status, 0, answer.stderr)
    await page.goto(`${site}/sign-in`)
    await press('Sign in with a passkey')
    await page.waitForSelector('h1:has-text("You are not signed in")')
  } finally {
    await context.close()
  }
})
