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
    private const int FormatOfWords = 20;

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

    /// <returns>Null where there is no table of ours.</returns>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is one that there never was, not that of the tables, or gone.</exception>
    public static async Task<int?> FormatAsync(
        NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var quoted = StoreAddress.Quote(schema);
        var found = (await connection.ListAsync(
            "select to_regclass($1) is not null, to_regclass($2) is not null, to_regclass($3) is not null",
            row => (Format: row.GetBoolean(0), Records: row.GetBoolean(1), Newest: row.GetBoolean(2)),
            cancellationToken,
            Sql.Of($"{quoted}.store"),
            Sql.Of($"{quoted}.document_history"),
            Sql.Of($"{quoted}.captioning")).ConfigureAwait(false))[0];
        if (!found.Format)
        {
            return !found.Records ? null : throw Damaged(
                schema, "the table 'store' with the number of its format is gone", $"create table {quoted}.store (format integer not null)");
        }

        var format = await connection.ScalarAsync<int>(
            $"select coalesce(max(format), 0) from {quoted}.store", cancellationToken).ConfigureAwait(false);
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
