import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repositoryRoot } from '../shared/folders.ts';
import type { InstallationFile } from '../shared/installation-file.ts';
import type { ChildSpec } from './child.ts';
import type { Ports } from './ports.ts';
import { toolEnvironment } from './run-turbo.ts';

export type ServiceContext = { databaseUrl: string; home: string; file: InstallationFile; ports: Ports; isDevelopment: boolean };

export const FRONT_ENDS = ['backoffice', 'storefront'] as const;
export type FrontEnd = (typeof FRONT_ENDS)[number];

const appFolder = (name: string): string => join(repositoryRoot, 'apps', name);
const logOf = (home: string, name: string): string => join(home, 'logs', `${name}.log`);
export const urlsOf = (ports: Ports) => ({
  api: `http://localhost:${ports.api}`,
  backoffice: `http://localhost:${ports.backoffice}`,
  storefront: `http://localhost:${ports.storefront}`,
});

/** Secrets and the database go to the API and the worker only. */
function serverEnvironment({ databaseUrl, home, file, ports, isDevelopment }: ServiceContext): Record<string, string | undefined> {
  return {
    ...toolEnvironment(),
    ...file.secrets,
    DATABASE_URL: databaseUrl,
    PROMOLIFT_HOME: home,
    NODE_ENV: isDevelopment ? 'development' : 'production',
    API_PORT: String(ports.api),
    WORKER_PORT: String(ports.worker),
  };
}

export function apiService(context: ServiceContext): ChildSpec {
  return {
    name: 'API',
    script: join(appFolder('api'), 'dist', 'main.js'),
    args: [],
    directory: appFolder('api'),
    nodeOptions: context.isDevelopment ? ['--enable-source-maps', '--watch'] : ['--enable-source-maps'],
    environment: serverEnvironment(context),
    logPath: logOf(context.home, 'api'),
    readyUrl: `http://127.0.0.1:${context.ports.api}/readyz`,
  };
}

export function workerService(context: ServiceContext): ChildSpec {
  return {
    name: 'worker',
    script: join(appFolder('worker'), 'src', 'main.ts'),
    args: [],
    directory: appFolder('worker'),
    nodeOptions: context.isDevelopment ? ['--watch'] : [],
    environment: serverEnvironment(context),
    logPath: logOf(context.home, 'worker'),
    readyUrl: `http://127.0.0.1:${context.ports.worker}/readyz`,
  };
}

export function frontEndService(name: FrontEnd, { home, file, ports, isDevelopment }: ServiceContext): ChildSpec {
  const port = String(ports[name]);
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...environment } = toolEnvironment();
  return {
    name,
    script: createRequire(join(appFolder(name), 'package.json')).resolve('next/dist/bin/next'),
    args: [isDevelopment ? 'dev' : 'start', '-p', port],
    directory: appFolder(name),
    environment: {
      ...environment,
      NODE_ENV: isDevelopment ? 'development' : 'production',
      PORT: port,
      API_URL: urlsOf(ports).api,
      BACKOFFICE_PORT: String(ports.backoffice),
      STOREFRONT_PORT: String(ports.storefront),
      ...(name === 'storefront' ? { STOREFRONT_KEY: file.keys.secret ?? '' } : {}),
    },
    logPath: logOf(home, name),
    readyUrl: `http://127.0.0.1:${port}/`,
  };
}
