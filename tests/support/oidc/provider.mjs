// One issuer on loopback for one test. Takes its settings as JSON in the first argument; writes "ready" once it listens.
// { port, client_id, client_secret, redirect_uri, people: { LOGIN: { name, document } } }
// Its keys are new with every start, as if it had changed them.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const settings = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${settings.port}`;

function key(type, options, alg) {
  const jwk = generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' });
  return { ...jwk, kid: randomUUID(), use: 'sig', alg };
}

const provider = new Provider(issuer, {
  clients: [{
    client_id: settings.client_id,
    client_secret: settings.client_secret,
    redirect_uris: [settings.redirect_uri],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: settings.alg ?? 'RS256',
  }],
  jwks: { keys: [key('rsa', { modulusLength: 2048 }, 'RS256'), key('ec', { namedCurve: 'P-256' }, 'ES256')] },
  cookies: { keys: [randomUUID()] },
  claims: { openid: ['sub'], profile: ['name'], document: ['document'] },
  scopes: ['openid', 'profile', 'document'],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, ...settings.people[id] }),
  }),
});

createServer(provider.callback()).listen(settings.port, '127.0.0.1', () => console.log('ready'));
