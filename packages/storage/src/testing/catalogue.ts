import { SqliteConnection } from '../sqlite/sqlite-connection.ts';
import { withPostgres } from './test-database.ts';

export type Catalogue = readonly unknown[];

/** Everything that makes the tables of a SQLite file what they are, in an order of its own. */
export function sqliteCatalogue(path: string): Catalogue {
  using connection = new SqliteConnection({ path, pragmas: [] });
  const { rows } = connection.run(`
    SELECT t.name AS tbl, 'column' AS kind, c.name, c.type || '/' || c."notnull" || '/' || coalesce(c.dflt_value, '') || '/' || c.pk AS facts
      FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'
    UNION ALL
    SELECT t.name, 'foreign key', f."from", f."table" || '.' || f."to" || '/' || f.on_delete || '/' || f.on_update
      FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
    UNION ALL
    SELECT t.name, 'index', i.name, i."unique" || '/' || i.partial || '/' ||
        (SELECT group_concat(x.name || ' ' || x."desc" || ' ' || x.coll, ',') FROM pragma_index_xinfo(i.name) x WHERE x.key)
      FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table'
    UNION ALL
    SELECT tbl_name, type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger')
    ORDER BY 1, 2, 3`);
  return rows.filter((row) => Object(row).tbl !== '_prisma_migrations').map((row) => Object.assign({}, row));
}

export async function postgresqlCatalogue(url: string): Promise<Catalogue> {
  const { rows } = await withPostgres(url, (client) =>
    client.query(`
      SELECT table_name AS tbl, 'column' AS kind, column_name AS name, concat_ws('/', data_type, is_nullable, column_default) AS facts
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
      UNION ALL
      SELECT conrelid::regclass::text, 'constraint', conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> '_prisma_migrations'::regclass
      UNION ALL
      SELECT tablename, 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
      ORDER BY 1, 2, 3`),
  );
  return rows;
}
