// A session of a client from npm with a server on standard input and output, or over HTTP.
//
//   node session.mjs LIBRARY COMMAND [ARGUMENT…] < calls.json        COMMAND may be an address: http://…
//
// LIBRARY: 'sdk' (protocol 2025-11-25), 'client' (the newest both know), 'client-legacy' (the handshake of 2025-11-25).
// Standard input: an array of {"name","arguments"}. Prints one object: what was negotiated, the tools, and an answer for each call.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const require = createRequire(process.env.TIDEMARK_TEST_CLIENTS + '/');
const [, , library, command, ...args] = process.argv;
const calls = JSON.parse(await text(process.stdin));

const isOld = library === 'sdk';
const { Client } = require(isOld ? '@modelcontextprotocol/sdk/client/index.js' : '@modelcontextprotocol/client');
const { StdioClientTransport } = require(isOld ? '@modelcontextprotocol/sdk/client/stdio.js' : '@modelcontextprotocol/client/stdio');
const { StreamableHTTPClientTransport } = require(isOld ? '@modelcontextprotocol/sdk/client/streamableHttp.js' : '@modelcontextprotocol/client');

const errors = [];
const client = new Client(
  { name: 'tidemark-tests', version: '1.0.0' },
  isOld ? {} : { versionNegotiation: { mode: library === 'client-legacy' ? 'legacy' : 'auto' } });
client.onerror = error => errors.push(error.message);
const transport = command.startsWith('http:')
  ? new StreamableHTTPClientTransport(new URL(command))
  : new StdioClientTransport({ command, args, cwd: process.cwd(), env: { ...process.env }, stderr: 'ignore' });
await client.connect(transport);
const { tools } = await client.listTools();
const answers = [];
for (const call of calls) {
  answers.push(await client.callTool(call));
}

console.log(JSON.stringify({
  protocol: client.getNegotiatedProtocolVersion?.() ?? null,
  server: client.getServerVersion(),
  instructions: client.getInstructions(),
  tools,
  answers,
  errors,
}));
await client.close();
