/**
 * What runs in a function's process: loads the bundle, says so, then handles one event after another, as Lambda's runtime does.
 * Plain JavaScript in a string, written to a file when it is needed, so that it is there however this module is bundled.
 */
export const BOOTSTRAP = `
const describe = (error) => error instanceof Error
  ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\\n') }
  : { errorType: typeof error, errorMessage: String(error), trace: [] };
const send = (message) => new Promise((resolve) => process.send(message, resolve));
const { bundle, handler: name } = JSON.parse(process.argv.pop());
let handler;

async function invoke({ id, event, deadline, memoryLimitInMB }) {
  const context = {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: false,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: 'arn:aws:lambda:' + process.env.AWS_REGION + ':000000000000:function:' + process.env.AWS_LAMBDA_FUNCTION_NAME,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: String(memoryLimitInMB),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const value = await handler(event, context);
    const json = JSON.stringify(value);
    await send({ type: 'result', id, json: json === undefined ? 'null' : json });
  } catch (error) {
    await send({ type: 'failure', id, error: describe(error) });
  }
}

process.on('disconnect', () => process.exit(0));
const die = async (error) => {
  console.error(error);
  await send({ type: 'crash', error: describe(error) });
  process.exit(1);
};
process.on('uncaughtException', die);
process.on('unhandledRejection', die);
import('node:url').then(({ pathToFileURL }) => bundle.endsWith('.mjs') ? import(pathToFileURL(bundle).href) : require(bundle)).then((loaded) => {
  handler = loaded[name];
  if (typeof handler !== 'function') throw new TypeError(name + ' is not a function exported by the bundle');
  process.on('message', invoke);
  return send({ type: 'ready' });
}).catch(die);
`;
