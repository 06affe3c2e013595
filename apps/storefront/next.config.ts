import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The workspace packages export TypeScript source.
  transpilePackages: ['@promolift/sdk'],
  // Types are checked by `npm run typecheck`: the compiler in use has no API that the build could call.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  experimental: { serverActions: { bodySizeLimit: '64kb' } },
};

export default config;
