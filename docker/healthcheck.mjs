// Well when any of this container's services answers: exactly one runs in it, and HEALTH_PORT names its port where it is moved.
const ports = process.env.HEALTH_PORT
  ? [process.env.HEALTH_PORT]
  : [
      process.env.API_PORT ?? 4000,
      process.env.WORKER_PORT ?? 4001,
      process.env.BACKOFFICE_PORT ?? 3000,
      process.env.STOREFRONT_PORT ?? 3100,
    ];
const answers = (port) =>
  fetch(`http://127.0.0.1:${port}/livez`, { redirect: 'manual', signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.status < 500,
    () => false,
  );
process.exit((await Promise.all(ports.map(answers))).includes(true) ? 0 : 1);
