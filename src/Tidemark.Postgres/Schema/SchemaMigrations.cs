using System.Globalization;
using System.Reflection;
using Npgsql;
using Tidemark.Postgres.Storage;

namespace Tidemark.Postgres.Schema;

/// <summary>Brings a schema to the format of this release: the files of this folder in order, and what SQL cannot do, in one transaction.</summary>
internal static class SchemaMigrations
{
    private static readonly IReadOnlyList<string> Scripts =
    [
        .. typeof(SchemaMigrations).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public static int Newest => Scripts.Count;

    /// <summary>
    /// One process at a time does it; whoever comes later finds it done. The lock is waited for outside of the transaction, which
    /// would otherwise not see what the other process has made.
    /// </summary>
    public static async Task RunAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var key = $"tidemark/{schema}/schema";
        await connection.ExecuteAsync("select pg_advisory_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(key)).ConfigureAwait(false);
        try
        {
            await MigrateAsync(connection, schema, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await connection.ExecuteAsync(
                    "select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None, Sql.Of(key)).ConfigureAwait(false);
            }
        }
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        if (!await connection.ScalarAsync<bool>(
            "select exists (select 1 from pg_namespace where nspname = $1)", cancellationToken, Sql.Of(schema)).ConfigureAwait(false))
        {
            await connection.ExecuteAsync($"create schema {StoreAddress.Quote(schema)}", cancellationToken).ConfigureAwait(false);
        }

        await SearchPath.CheckAsync(connection, schema, cancellationToken).ConfigureAwait(false);
        var format = await FormatAsync(connection, schema, cancellationToken).ConfigureAwait(false) ?? 0;
        if (format < Newest)
        {
            foreach (var script in Scripts.Skip(format))
            {
                await connection.ExecuteAsync(Read(script), cancellationToken).ConfigureAwait(false);
            }

            if (format is > 0 and < NumberFacets.Format)
            {
                await NumberFacets.RunAsync(connection, cancellationToken).ConfigureAwait(false);
            }

            await connection.ExecuteAsync("delete from store", cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(
                "insert into store (format) values ($1)", cancellationToken, Sql.Of(Newest)).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Null where there is no table of ours.</returns>
    public static async Task<int?> FormatAsync(
        NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var table = $"{StoreAddress.Quote(schema)}.store";
        return await connection.ScalarAsync<bool>(
            "select to_regclass($1) is not null", cancellationToken, Sql.Of(table)).ConfigureAwait(false)
            ? await connection.ScalarAsync<int>($"select max(format) from {table}", cancellationToken).ConfigureAwait(false)
            : null;
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The script '{name}' is not embedded."));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
