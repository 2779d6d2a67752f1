// Makes calls with CleverTap's node client: node client.mjs <endpoint> <accountId> <passcode> <calls>,
// where calls is a JSON array of [method, argument, ...]. The last line is a JSON array of the results.
import CleverTap from 'clevertap';

const [endpoint, accountId, passcode, calls] = process.argv.slice(2);
const client = CleverTap.init(accountId, passcode, CleverTap.REGIONS.EUROPE);

// The client has no option for a host of its own.
client.api.apiEndpoint = `${endpoint}1`;

const results = [];
for (const [method, ...args] of JSON.parse(calls)) {
  results.push(await client[method](...args));
}

console.log(JSON.stringify(results));
