#!/usr/bin/env node
// Stands where Prisma expects its schema engine, which would be downloaded. `prisma generate` only checks that it exists;
// a migrate command must fail here instead of doing nothing and saying that all is well.
process.stderr.write(
  'The Prisma schema engine is not used here. Make migrations with `npm run db:migration -- name`; the server applies them at start.\n',
);
process.exit(1);
