import { createServer } from 'node:net';
import { CommandStop } from '../shared/command-stop.ts';

export type Ports = { api: number; worker: number; backoffice: number; storefront: number };

const VARIABLES = { api: 'API_PORT', worker: 'WORKER_PORT', backoffice: 'BACKOFFICE_PORT', storefront: 'STOREFRONT_PORT' } as const;
const DEFAULTS: Ports = { api: 4000, worker: 4001, backoffice: 3000, storefront: 3100 };

/** Ports from the environment; stops with a sentence when one is no port or two are the same. */
export function readPorts(environment: Record<string, string | undefined>): Ports {
  const ports = { ...DEFAULTS };
  for (const name of namesOf(ports)) {
    const text = environment[VARIABLES[name]];
    if (text) ports[name] = Number(text);
    if (!Number.isInteger(ports[name]) || ports[name] < 1 || ports[name] > 65_535)
      throw new CommandStop(`${VARIABLES[name]} is "${text}"; set it to a port number from 1 to 65535.`);
  }
  const same = namesOf(ports).find((name, at, all) => all.some((other, otherAt) => otherAt < at && ports[other] === ports[name]));
  if (same) throw new CommandStop(`Port ${ports[same]} is given to two services; set ${VARIABLES[same]} to a port of its own.`);
  return ports;
}

/** Stops with a sentence when another program listens on one of the ports. */
export async function requireFreePorts(ports: Ports): Promise<void> {
  for (const name of namesOf(ports)) {
    if (!(await isFreePort(ports[name]))) {
      throw new CommandStop(
        `Port ${ports[name]}, where the ${name === 'api' ? 'API' : name} would listen, is taken by another program; stop it, or choose another port with ${VARIABLES[name]}=${ports[name] + 10}.`,
      );
    }
  }
}

/** Both families: a program may hold the port on one of them only. */
export async function isFreePort(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, undefined));
}

/** A port nobody listens on now. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port was given')),
      );
    });
  });
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

const namesOf = (ports: Ports): (keyof Ports)[] => Object.keys(ports) as (keyof Ports)[];
