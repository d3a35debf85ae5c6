using Npgsql;
using Tidemark.Archiving;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Schema;

/// <summary>
/// Tells a copy that has not been finished from a store: while it is made, its schema has one table more, which says how often
/// it was begun.
/// </summary>
internal static class CopyMark
{
    /// <summary>Tables that are not copied, but filled by runs.</summary>
    private static readonly string[] OfRuns = ["queue", "index_owner", "external_index", "outbox", "unpublished", "catalog", "source_count", "recount"];

    /// <summary>All tables of a store but those of its generations and the two that mark it.</summary>
    internal static IEnumerable<string> Emptied => ArchiveTables.All.Select(table => table.Name).Union(OfRuns, StringComparer.Ordinal);

    /// <summary>Qualified, since a schema beside it on the search path may be an unfinished copy as well.</summary>
    public static string TableOf(StoreAddress address) => $"{StoreAddress.Quote(address.Schema)}.unfinished_copy";

    public static TidemarkException Refusal(StoreAddress address) => new(
        ErrorCodes.StoreUnfinished,
        $"the store '{address}' is a copy that was not finished",
        "run the 'StoreCopy.RunAsync()' that began it again: it goes on where that ended, and its original was not touched");

    /// <summary>
    /// Takes up an unfinished copy, or makes it empty again where another release has begun it, or marks a store that is empty. The mark of former
    /// releases has another column, so that none of them takes up what has no indexes yet.
    /// </summary>
    /// <returns>The number of this attempt.</returns>
    public static async Task<long> BeginAsync(
        NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        var table = TableOf(address);
        var isOn = await IsOnAsync(connection, address, cancellationToken).ConfigureAwait(false);
        if (!isOn)
        {
            await RequireEmptyAsync(connection, address, cancellationToken).ConfigureAwait(false);
        }

        if (!isOn || !await IsOursAsync(connection, address, cancellationToken).ConfigureAwait(false))
        {
            if (isOn)
            {
                await EmptyAsync(connection, address, cancellationToken).ConfigureAwait(false);
                await CopyNotes.EndIfThereAsync(connection, address, cancellationToken).ConfigureAwait(false);
                await connection.ExecuteAsync($"drop table {table}", cancellationToken).ConfigureAwait(false);
            }

            await connection.ExecuteAsync(
                $"create table {table} (begun bigint not null, format integer not null); insert into {table} values (0, {SchemaMigrations.Newest})",
                cancellationToken).ConfigureAwait(false);
            await CopyNotes.BeginAsync(connection, address, cancellationToken).ConfigureAwait(false);
        }

        var attempt = await connection.ScalarAsync<long>(
            $"update {table} set begun = begun + 1 returning begun", cancellationToken).ConfigureAwait(false);
        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
        return attempt;
    }

    /// <summary>In the caller's transaction.</summary>
    /// <returns>False: another attempt has begun since.</returns>
    public static async Task<bool> TryEndAsync(
        NpgsqlConnection connection, StoreAddress address, long attempt, CancellationToken cancellationToken)
    {
        var table = TableOf(address);
        if (!await IsOnAsync(connection, address, cancellationToken).ConfigureAwait(false)
            || !await IsOursAsync(connection, address, cancellationToken).ConfigureAwait(false)
            || await connection.ScalarAsync<long>(
                $"select begun from {table} for update", cancellationToken).ConfigureAwait(false) != attempt)
        {
            return false;
        }

        await CopyNotes.EndAsync(connection, address, cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync($"drop table {table}", cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static Task<bool> IsOnAsync(
        NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken) => connection.ScalarAsync<bool>(
            "select to_regclass($1) is not null", cancellationToken, Sql.Of(TableOf(address)));

    /// <summary>Whether this release has begun it, in the format that it still has.</summary>
    private static async Task<bool> IsOursAsync(NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<bool>(
            "select exists (select 1 from pg_attribute where attrelid = to_regclass($1) and attname = 'format')", cancellationToken, Sql.Of(TableOf(address)))
            .ConfigureAwait(false)
        && await connection.ScalarAsync<int>($"select format from {TableOf(address)}", cancellationToken).ConfigureAwait(false) == SchemaMigrations.Newest;

    private static async Task RequireEmptyAsync(
        NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken)
    {
        foreach (var table in ArchiveTables.All)
        {
            if (await connection.ScalarAsync<bool>(
                $"select exists (select 1 from {table.Name})", cancellationToken).ConfigureAwait(false))
            {
                throw new TidemarkException(
                    ErrorCodes.StoreNotEmpty,
                    $"the store '{address}' is not empty: its table '{table}' has rows",
                    "copy into a schema of its own: '?schema=NAME'");
            }
        }
    }

    /// <summary>Only what is the store's, for somebody may have put tables of his own beside it; the tables of its generations go.</summary>
    private static async Task EmptyAsync(
        NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken)
    {
        await DropIndexesAsync(connection, cancellationToken).ConfigureAwait(false);
        var names = string.Join(", ", Emptied.Select(table => $"{StoreAddress.Quote(address.Schema)}.{StoreAddress.Quote(table)}"));
        await connection.ExecuteAsync($"truncate table {names} restart identity", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What an attempt has made of generations that may be others by now.</summary>
    internal static async Task DropIndexesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var generations = await connection.ListAsync(
            "select id from generation", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        foreach (var generation in generations)
        {
            await new IndexTables(generation).DropAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }
}
