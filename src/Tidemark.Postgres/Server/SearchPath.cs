using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>
/// A connection asks for its schema when it begins. A pooler may swallow that, and then tables would be made, or looked for, in
/// another schema.
/// </summary>
internal static class SearchPath
{
    /// <summary>Where the schema is there, and may be used, names without a schema must mean the ones in it.</summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c></exception>
    public static async Task CheckAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var others = await connection.ListAsync(
            """
            select current_setting('search_path'), current_user::text, current_database()::text from pg_namespace
            where nspname = $1 and has_schema_privilege(oid, 'usage') and current_schema() is distinct from $1
            """,
            row => (Path: row.GetString(0), User: row.GetString(1), Database: row.GetString(2)),
            cancellationToken,
            Sql.Of(schema)).ConfigureAwait(false);
        foreach (var (path, user, database) in others)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"the server looks for tables in '{path}' and not in the schema '{schema}' that the connection asked for; "
                + "a pooler dropped that",
                $"give the path to the role: alter role {StoreAddress.Quote(user)} in database {StoreAddress.Quote(database)} "
                + $"set search_path = {StoreAddress.Quote(schema)}, public; then let the pooler connect anew");
        }
    }
}
