// What routes emit and handle: through Serai (on disk), and through BullMQ (in Redis' memory). See docs/performance.md.
//   node bus.mjs serai|bullmq [events] [data directory of the hub] [url of the hub]         how many a second
//   node bus.mjs serai|bullmq --paced [events] [data directory] [url]                       how late at 1,000 a second
import { readFileSync } from 'node:fs';

const paced = process.argv.includes('--paced');
const [mode = 'serai', count = paced ? '30000' : '60000', data = '../../data', url = 'http://127.0.0.1:8080'] =
  process.argv.slice(2).filter((argument) => argument !== '--paced');
const total = Number(count);
const emitters = paced ? 12 : 60;
const each = total / emitters;
const read = (file) => readFileSync(`${data}/${file}`, 'utf8').trim();
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

async function serai() {
  const headers = { authorization: `Bearer ${process.env.SERAI_API_KEY ?? read('api-key')}`, 'content-type': 'application/json' };
  const metrics = async () => {
    const text = await (await fetch(`${url}/metrics`, { headers })).text();
    return (name, ...labels) => {
      const line = text.split('\n').find((l) => l.startsWith(`${name}{`) && ['"bench-handle"', ...labels].every((label) => l.includes(label)));
      return line ? Number(line.split(' ').pop()) : 0;
    };
  };
  const handled = (from) => from('serai_deliveries_total', '"done"');
  const before = await metrics();
  const begin = performance.now();
  for (let i = 0; i < emitters; i++) {
    const answer = await fetch(`${url}/api/v1/events`, {
      method: 'POST', headers, body: JSON.stringify({ type: paced ? 'bench.paced' : 'bench.begun', data: { count: each } }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }
  let after = before;
  while (handled(after) - handled(before) < total) {
    await pause(paced ? 1000 : 100);
    after = await metrics();
  }
  const took = performance.now() - begin;
  const within = Object.fromEntries(['0.005', '0.01', '0.02', '0.05', '0.1'].map((le) => {
    const [now, then] = [after, before].map((from) => from('serai_delivery_lag_seconds_bucket', `le="${le}"`));
    return [`${le * 1000} ms`, (now - then) / total];
  }));
  return { took, within };
}

async function bullmq() {
  const { Queue, Worker } = await import('bullmq');
  const connection = { host: '127.0.0.1', port: Number(read('redis/port')), password: read('redis/password'), maxRetriesPerRequest: null };
  const queue = new Queue('bench', { connection });
  const late = [];
  const worker = new Worker('bench', async (job) => { late.push(Date.now() - job.data.at); }, { connection, concurrency: 64 });
  await worker.waitUntilReady();
  const begin = performance.now();
  await Promise.all(Array.from({ length: emitters }, async () => {
    for (let i = 0; i < each; i++) {
      if (paced) await pause(begin + i * emitters - performance.now());
      await queue.add('emitted', { at: Date.now() }, { removeOnComplete: true });
    }
  }));
  while (late.length < total) await pause(20);
  const took = performance.now() - begin;
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  const within = Object.fromEntries([5, 10, 20, 50, 100].map((ms) => [`${ms} ms`, late.filter((one) => one <= ms).length / total]));
  return { took, within };
}

const { took, within } = await (mode === 'bullmq' ? bullmq() : serai());
console.log(JSON.stringify({ mode, events: total, seconds: +(took / 1000).toFixed(2), perSecond: Math.round(total / took * 1000), ...(paced && { within }) }));
process.exit(0);
