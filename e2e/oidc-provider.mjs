// A real OpenID Connect provider on this machine, for tests: signs in whoever
// asks, by the name they type.
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const port = Number(process.argv[2])
const issuer = `http://127.0.0.1:${port}`
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'aspire',
    client_secret: 'only for tests, only on this machine',
    redirect_uris: (process.argv[3] ?? 'http://127.0.0.1:1/sign-in/elsewhere/test').split(','),
    grant_types: ['authorization_code'],
    response_types: ['code']
  }],
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  cookies: { keys: ['only for tests'] },
  ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 300, Session: 300, Grant: 300 },
  async findAccount (_, id) {
    return {
      accountId: id,
      // One claim of an unusual type: it must keep nobody out.
      async claims () {
        return { sub: id, email: `${id}@example.org`, email_verified: id !== 'unverified', name: `Test ${id}`, groups: 7 }
      }
    }
  }
})
createServer(provider.callback()).listen(port, '127.0.0.1', () => console.log(`provider at ${issuer}`))
