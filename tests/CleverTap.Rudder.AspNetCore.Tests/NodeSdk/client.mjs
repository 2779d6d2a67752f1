// Sends events with RudderStack's node SDK, as a service would: node client.mjs <scenario> <dataPlaneUrl> <writeKey>.
// Ends with 0 once the data plane has taken every event. The last line says how often the SDK sent a request again.
import Analytics from '@rudderstack/rudder-sdk-node';

const [scenario, dataPlaneUrl, writeKey] = process.argv.slice(2);
let retries = 0;

function create(options = {}) {
  return new Analytics(writeKey, {
    dataPlaneUrl,
    logLevel: 'none',
    retryCount: 10,
    axiosRetryConfig: { onRetry: () => { retries++; } },
    ...options,
  });
}

/** Makes calls, flushes, and waits until the SDK has called back for each. */
async function send(sdk, calls) {
  const taken = calls.map(([method, message]) => new Promise((resolve, reject) => {
    sdk[method](message, (error) => (error ? reject(error) : resolve()));
  }));
  await sdk.flush();
  await Promise.all(taken);
}

const tracks = (count) => Array.from({ length: count }, (_, index) => ['track', { userId: 'u1', event: `Event ${index}` }]);

const scenarios = {
  calls: () => send(create(), [
    ['identify', { userId: 'u1', traits: { email: 'name@website.com', favoriteColor: 'blue' } }],
    ['track', { userId: 'u1', event: 'Signed Up', timestamp: new Date('2024-03-01T10:00:00Z'), properties: { source: 'ad' } }],
    ['track', {
      userId: 'u1',
      event: 'Order Completed',
      properties: { checkout_id: 'c-1', revenue: 25.5, products: [{ product_id: 'p-1', price: 25.5 }] },
    }],
    ['page', { userId: 'u1', name: 'Cart', properties: { path: '/cart' } }],
    ['group', { userId: 'u1', groupId: 'g-1', traits: { name: 'Company' } }],
    ['alias', { userId: 'u2', previousId: 'u1' }],
  ]),
  flush: () => send(create({ flushAt: 1000 }), tracks(1000)),
  stream: () => send(create(), tracks(1000)),
};

await scenarios[scenario]();
console.log(`retries: ${retries}`);
