// Puts a server on standard input and output behind HTTP, for a client that speaks nothing else.
//
//   node bridge.mjs COMMAND [ARGUMENT…]
//
// Prints its address on the first line, and ends when its standard input does. It understands as much of the messages as it takes to give
// each answer to its question.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const [, , command, ...args] = process.argv;
const server = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
const waiting = new Map();
createInterface({ input: server.stdout }).on('line', line => {
  const { id } = JSON.parse(line);
  waiting.get(JSON.stringify(id))?.(line);
  waiting.delete(JSON.stringify(id));
});

const http = createServer(async (request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(405).end();
    return;
  }

  const line = await text(request);
  const { id } = JSON.parse(line);
  const answer = id === undefined ? null : new Promise(resolve => waiting.set(JSON.stringify(id), resolve));
  server.stdin.write(line.replaceAll('\n', ' ') + '\n');
  if (answer === null) {
    response.writeHead(202).end();
  } else {
    response.writeHead(200, { 'content-type': 'application/json' }).end(await answer);
  }
});
http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}/mcp`));
process.stdin.resume().on('end', () => { server.stdin.end(); process.exit(0); });
