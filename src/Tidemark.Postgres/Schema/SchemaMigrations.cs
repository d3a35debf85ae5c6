using System.Globalization;
using System.Reflection;
using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Wording;

namespace Tidemark.Postgres.Schema;

/// <summary>Brings a schema to the format of this release: the files of this folder in order, and what SQL cannot do, in one transaction.</summary>
internal static class SchemaMigrations
{
    private static readonly IReadOnlyList<string> Scripts =
    [
        .. typeof(SchemaMigrations).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Until then words were read in another way, or there were none of titles or headings.</summary>
    private const int FormatOfWords = 21;

    private const string WhatIsThere = "select to_regclass($1) is not null, to_regclass($2) is not null, to_regclass($3) is not null";

    public static int Newest => Scripts.Count;

    /// <summary>What a schema of the newest format has.</summary>
    public static IReadOnlyList<SchemaPart> Parts { get; } = SchemaParts.Of(Scripts.Select(Read));

    /// <summary>
    /// One process at a time does it; whoever comes later finds it done. The lock is waited for outside of the transaction, which
    /// would otherwise not see what the other process has made.
    /// </summary>
    /// <param name="notify">Hears of what takes long, before it is done.</param>
    public static async Task RunAsync(NpgsqlConnection connection, string schema, Action<string>? notify, CancellationToken cancellationToken)
    {
        var key = $"tidemark/{schema}/schema";
        await connection.ExecuteAsync("select pg_advisory_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(key)).ConfigureAwait(false);
        try
        {
            await MigrateAsync(connection, schema, notify, cancellationToken).ConfigureAwait(false);
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

    private static async Task MigrateAsync(
        NpgsqlConnection connection, string schema, Action<string>? notify, CancellationToken cancellationToken)
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

            if (format is > 0 and < FormatOfWords)
            {
                notify?.Invoke(WordAnalysis.RenewalOf(format, FormatOfWords));
                await KeywordRebuild.RunAllAsync(connection, cancellationToken).ConfigureAwait(false);
            }

            await connection.ExecuteAsync("delete from store", cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(
                "insert into store (format) values ($1)", cancellationToken, Sql.Of(Newest)).ConfigureAwait(false);
        }

        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the two questions whose answers <see cref="ReadFormatAsync"/> takes.</summary>
    public static NpgsqlBatch AddFormat(this NpgsqlBatch batch, string schema) =>
        batch.Add(WhatIsThere, NamesIn(schema)).Add(FormatOf(schema));

    /// <summary>The answers; where there is no table, the server has refused the second question.</summary>
    /// <returns>Null where there is no table of ours.</returns>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is one that there never was, not that of the tables, or gone.</exception>
    public static async Task<int?> ReadFormatAsync(
        NpgsqlDataReader rows, NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var found = (await rows.NextListAsync(connection, ReadWhatIsThere, cancellationToken).ConfigureAwait(false))[0];
        try
        {
            var formats = await rows.NextListAsync(connection, row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);
            return Judge(schema, found, formats[0]);
        }
        catch (PostgresException e) when (
            !found.Format && e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return Judge(schema, found, 0);
        }
    }

    private static async Task<int?> FormatAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var found = (await connection.ListAsync(WhatIsThere, ReadWhatIsThere, cancellationToken, NamesIn(schema)).ConfigureAwait(false))[0];
        return Judge(
            schema, found, found.Format ? await connection.ScalarAsync<int>(FormatOf(schema), cancellationToken).ConfigureAwait(false) : 0);
    }

    private static (bool Format, bool Records, bool Newest) ReadWhatIsThere(NpgsqlDataReader row) =>
        (row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2));

    private static NpgsqlParameter[] NamesIn(string schema) =>
        [.. new[] { "store", "document_history", "chunk_by_document" }.Select(table => Sql.Of($"{StoreAddress.Quote(schema)}.{table}"))];

    private static string FormatOf(string schema) => $"select coalesce(max(format), 0) from {StoreAddress.Quote(schema)}.store";

    private static int? Judge(string schema, (bool Format, bool Records, bool Newest) found, int format)
    {
        var quoted = StoreAddress.Quote(schema);
        if (!found.Format)
        {
            return !found.Records ? null : throw Damaged(
                schema, "the table 'store' with the number of its format is gone", $"create table {quoted}.store (format integer not null)");
        }

        const int MostFormats = 10_000_000;
        return format is >= 1 and <= MostFormats && (format >= Newest || !found.Newest) ? format : throw Damaged(
            schema,
            string.Create(CultureInfo.InvariantCulture, $"the number of its format ({format}) is not that of its tables"),
            $"delete from {quoted}.store");
    }

    private static TidemarkException Damaged(string schema, string what, string statement) => new(
        ErrorCodes.StoreCorrupt,
        $"the schema '{schema}' is damaged: {what}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"if it was made by this version, run: {statement}; insert into {StoreAddress.Quote(schema)}.store values ({Newest}); else restore a backup"));

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The script '{name}' is not embedded."));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
