// Deliveries to a webhook, signed by a library from npm.
//
//   node send.mjs LIBRARY ADDRESS < {"secrets":[CURRENT,FORMER,FOREIGN],"payload":TEXT,"headers":{…}}
//
// LIBRARY: standardwebhooks, svix, octokit, stripe, cloudevents (which signs nothing). CASE in the payload becomes the name of the case.
// Prints one object: the status and the answer of each case.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.env.TIDEMARK_TEST_CLIENTS + '/');
// A package that is for 'import' alone is not resolved by 'require'; then its file is named.
const load = (name, file = '') => import(pathToFileURL(file ? `${process.env.TIDEMARK_TEST_CLIENTS}/node_modules/${name}/${file}` : require.resolve(name)));
const [, , library, address] = process.argv;
const { secrets, payload, headers } = JSON.parse(await text(process.stdin));
const [current, former, foreign] = secrets;
const signers = { standardwebhooks, svix, octokit, stripe };

async function standardwebhooks(secret, id, at, body) {
  const { Webhook } = await load('standardwebhooks');
  return { 'webhook-id': id, 'webhook-timestamp': seconds(at), 'webhook-signature': new Webhook(secret).sign(id, at, body) };
}

async function svix(secret, id, at, body) {
  const { Webhook } = await load('svix');
  return { 'svix-id': id, 'svix-timestamp': seconds(at), 'svix-signature': new Webhook(secret).sign(id, at, body) };
}

async function octokit(secret, id, at, body) {
  const { sign } = await load('@octokit/webhooks-methods', 'dist-node/index.js');
  return { 'X-GitHub-Delivery': id, 'X-Hub-Signature-256': await sign(secret, body) };
}

async function stripe(secret, id, at, body) {
  const { default: Stripe } = await load('stripe');
  const webhooks = new Stripe('sk_test_nobody').webhooks;
  return { 'Stripe-Signature': webhooks.generateTestHeaderString({ payload: body, secret, timestamp: Math.floor(at / 1000) }) };
}

function seconds(at) {
  return String(Math.floor(at / 1000));
}

async function post(body, more) {
  const response = await fetch(address, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers, ...more } });
  return { status: response.status, answer: await response.json() };
}

async function signed() {
  const sign = signers[library];
  const now = new Date();
  const of = name => payload.replaceAll('CASE', name);
  const send = async (name, secret, at = now, change = body => body) => post(change(of(name)), await sign(secret, `msg_${name}`, at, of(name)));
  return {
    valid: await send('valid', current),
    rotated: await send('rotated', former),
    foreign: await send('foreign', foreign),
    tampered: await send('tampered', current, now, body => body.replace('Rope', 'Hope')),
    late: await send('late', current, new Date(now - 400_000)),
    early: await send('early', current, new Date(+now + 400_000)),
    replayed: await send('valid', current),
  };
}

async function unsigned() {
  const { CloudEvent, HTTP } = await load('cloudevents');
  const event = (name, revision = 1) => new CloudEvent({
    id: name, source: '/pages', type: 'org.example.page.saved', subject: `pages/${name}`, tenant: 'a', data: { text: `Rope ${name}`, revision },
  });
  const send = async message => post(message.body, message.headers);
  const batch = events => ({ headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
  const plain = message => ({ headers: message.headers, body: typeof message.body === 'string' ? message.body : JSON.stringify(message.body) });
  return {
    binary: await send(plain(HTTP.binary(event('binary')))),
    structured: await send(plain(HTTP.structured(event('structured')))),
    batched: await send(batch([event('first'), event('second'), event('first', 2)])),
    replayed: await send(plain(HTTP.binary(event('binary')))),
    malformed: await send({ headers: { 'content-type': 'application/cloudevents+json' }, body: '{"specversion":"1.0"}' }),
  };
}

console.log(JSON.stringify(await (library === 'cloudevents' ? unsigned() : signed())));
