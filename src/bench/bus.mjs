// How many events a second routes emit and handle: through Serai (on disk), and through BullMQ (in Redis' memory).
//   node bus.mjs serai|bullmq [events] [data directory of the hub] [url of the hub]
import { readFileSync } from 'node:fs';

const [mode = 'serai', count = '60000', data = '../../data', url = 'http://127.0.0.1:8080'] = process.argv.slice(2);
const total = Number(count);
const emitters = 60;
const read = (file) => readFileSync(`${data}/${file}`, 'utf8').trim();

async function serai() {
  const headers = { authorization: `Bearer ${process.env.SERAI_API_KEY ?? read('api-key')}`, 'content-type': 'application/json' };
  const handled = async () => {
    const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
    const line = metrics.split('\n').find((l) => l.startsWith('serai_deliveries_total{') && l.includes('"bench-handle"') && l.includes('"done"'));
    return line ? Number(line.split(' ').pop()) : 0;
  };
  const before = await handled();
  const begin = performance.now();
  for (let i = 0; i < emitters; i++) {
    const answer = await fetch(`${url}/api/v1/events`, {
      method: 'POST', headers, body: JSON.stringify({ type: 'bench.begun', data: { count: total / emitters } }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }
  while ((await handled()) - before < total) await new Promise((done) => setTimeout(done, 100));
  return performance.now() - begin;
}

async function bullmq() {
  const { Queue, Worker } = await import('bullmq');
  const connection = { host: '127.0.0.1', port: Number(read('redis/port')), password: read('redis/password'), maxRetriesPerRequest: null };
  const queue = new Queue('bench', { connection });
  let handled = 0;
  const worker = new Worker('bench', async () => { handled++; }, { connection, concurrency: 64 });
  await worker.waitUntilReady();
  const begin = performance.now();
  await Promise.all(Array.from({ length: emitters }, async () => {
    for (let i = 0; i < total / emitters; i++) await queue.add('emitted', { n: i }, { removeOnComplete: true });
  }));
  while (handled < total) await new Promise((done) => setTimeout(done, 20));
  const took = performance.now() - begin;
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  return took;
}

const took = await (mode === 'bullmq' ? bullmq() : serai());
console.log(JSON.stringify({ mode, events: total, seconds: +(took / 1000).toFixed(2), perSecond: Math.round(total / took * 1000) }));
process.exit(0);
