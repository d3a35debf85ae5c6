using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Puts right whether a document is live, and whose it is: its list of chunks says the one, its seal the other.</summary>
internal sealed class OwnerMender(NpgsqlConnection connection, long @namespace)
{
    private const string HasLayout = """
        exists (select 1 from layout l join namespace n on n.id = $1 and n.generation = l.generation where l.document = document.key)
        """;

    private const string Revive = $"update document set {RowStates.Live} where namespace = $1 and {RowStates.NotLive} and {HasLayout}";

    // What is gone for good has no seal; an id with a version is remembered as deleted.
    private const string Bury = $"""
        update document set seal = null, state = case when {RowStates.Unknown}
          then case when coalesce(version, modified_at) is null then {RowStates.RemovedNumber} else {RowStates.TombstonedNumber} end else state end
        where namespace = $1 and ({RowStates.Unknown} or ({RowStates.NotLive} and seal is not null)) and not {HasLayout}
        """;

    // What is live has the hash of a text; a state without one, and without chunks, is that of a document that is gone.
    private const string BuryAgain = $"""
        update document set state = case when coalesce(version, modified_at) is null then {RowStates.RemovedNumber} else {RowStates.TombstonedNumber} end, chunks = 0, seal = null
        where namespace = $1 and {RowStates.Live} and text_hash is null and not {HasLayout}
        """;

    // What is whole as it is, which a mark tells (see StoreText.KeyOf), has nothing in its second column.
    private static readonly string[] Lengths =
    [
        "update document set long_id = null where namespace = $1 and long_id is not null and strpos(id, chr(1) || chr(3)) = 0",
        "update source_id set long_value = null where namespace = $1 and long_value is not null and strpos(value, chr(1) || chr(3)) = 0",
    ];

    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var mended = 0L;
        foreach (var sql in (string[])[Revive, Bury, BuryAgain, .. Lengths])
        {
            mended += await connection.ExecuteAsync(sql, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        }

        var sources = await ListAsync("select id from source where namespace = $1", cancellationToken).ConfigureAwait(false);
        var keys = await ListAsync(
            $"select key from document where namespace = $1 and {RowStates.Live} and seal is not null", cancellationToken).ConfigureAwait(false);
        foreach (var row in await DocumentLoader.ReadAsync(
            connection, keys.Select(key => new DocumentKey(key)), cancellationToken).ConfigureAwait(false))
        {
            if (!DocumentSeal.Holds(row.Document, row.Seal) && sources.Find(source => IsHeldBy(row, source)) is > 0 and var owner)
            {
                mended += await connection.ExecuteAsync(
                    "update document set source = $2 where key = $1", cancellationToken, Sql.Of(row.Document.Glance.Key.Value), Sql.Of(owner))
                    .ConfigureAwait(false);
            }
        }

        return mended;
    }

    private static bool IsHeldBy(StoredDocument row, long source) =>
        DocumentSeal.Holds(row.Document with { Glance = row.Document.Glance with { Source = new SourceKey(source) } }, row.Seal);

    private Task<List<long>> ListAsync(string sql, CancellationToken cancellationToken) =>
        connection.ListAsync(sql, row => row.GetInt64(0), cancellationToken, Sql.Of(@namespace));
}
