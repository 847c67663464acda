// What most teams would write instead: Fastify, Stripe's SDK, and one insert or one BullMQ job per webhook.
// It stands on a hub's own servers, so that both are measured on the same ones. docs/performance.md says how.
//   node server.mjs insert|bullmq [data directory of the hub]
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import Stripe from 'stripe';
import pg from 'pg';
import { Queue } from 'bullmq';

const [mode = 'insert', data = '../../data'] = process.argv.slice(2);
const read = (file) => readFileSync(`${data}/${file}`, 'utf8').trim();
const secret = process.env.SERAI_STRIPE_SECRETS ?? read('secrets/stripe');
const stripe = new Stripe('sk_test_not_used');

async function insert() {
  const pool = new pg.Pool({
    host: '127.0.0.1', port: Number(read('postgres/port')), user: 'serai', database: 'serai',
    password: read('postgres/password'), max: 16,
  });
  await pool.query('create table if not exists public.webhook '
    + '(id text primary key, type text not null, body jsonb not null, at timestamptz not null default now())');
  return (event, body) => pool.query({
    name: 'insert',
    text: 'insert into public.webhook (id, type, body) values ($1, $2, $3) on conflict do nothing',
    values: [event.id, event.type, body.toString()],
  });
}

function bullmq() {
  const queue = new Queue('stripe', {
    connection: { host: '127.0.0.1', port: Number(read('redis/port')), password: read('redis/password') },
  });
  return (event) => queue.add(event.type, event, { jobId: event.id });
}

const keep = mode === 'bullmq' ? bullmq() : await insert();
const app = Fastify({ logger: false });
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => done(null, body));
app.post('/webhooks/stripe', async (request, reply) => {
  let event;
  try {
    event = stripe.webhooks.constructEvent(request.body, request.headers['stripe-signature'], secret);
  } catch (error) {
    return reply.code(400).send({ error: error.message });
  }
  await keep(event, request.body);
  return { received: true };
});
await app.listen({ port: 8090, host: '127.0.0.1' });
console.log(`Fastify with ${mode} on http://127.0.0.1:8090`);
