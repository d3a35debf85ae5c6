using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>
/// A connection asks for its schema when it begins. A pooler may swallow that, and then tables would be made, or looked for, in
/// another schema.
/// </summary>
internal static class SearchPath
{
    /// <summary>Has a row where names without a schema mean others than those in the schema <c>$1</c>, although that is there and may be used.</summary>
    public const string Query = """
        select current_setting('search_path'), current_user::text, current_database()::text from pg_namespace
        where nspname = $1 and has_schema_privilege(oid, 'usage') and current_schema() is distinct from $1
        """;

    /// <summary>What the query finds.</summary>
    public static (string Path, string User, string Database) Read(NpgsqlDataReader row) => (row.GetString(0), row.GetString(1), row.GetString(2));

    /// <exception cref="TidemarkException"><c>configuration.invalid</c></exception>
    public static async Task CheckAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken) => Refuse(
        schema, await connection.ListAsync(Query, Read, cancellationToken, Sql.Of(schema)).ConfigureAwait(false));

    /// <param name="schema">Of the store.</param>
    /// <param name="others">What the query has found.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c></exception>
    public static void Refuse(string schema, IReadOnlyList<(string Path, string User, string Database)> others)
    {
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
