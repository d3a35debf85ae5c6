using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>
/// Walks the live chunks of a namespace by document and ordinal, in one snapshot; documents are looked at before anything of them is
/// given.
/// </summary>
internal static class LiveChunks
{
    private const string Page = $"""
        select d.key, d.id from document d join namespace n on n.id = d.namespace
        where n.name = $1 and d.{RowStates.Live}
        """;

    private const string NextPage = Page + " and d.id > $2 order by d.id limit 200";
    private const string OneDocument = Page + " and d.id = $2";

    /// <param name="document">Null: all.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: a document, a text or a vector is not what was stored.</exception>
    public static async IAsyncEnumerable<IndexedChunk> ListAsync(
        NpgsqlConnection connection,
        string @namespace,
        string? document,
        bool withVectors,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        var walked = 0L;
        for (var after = document is null ? "" : StoreText.KeyOf(document).Key; ;)
        {
            var page = await connection.ListAsync(
                document is null ? NextPage : OneDocument,
                row => (Key: row.GetInt64(0), Id: row.GetString(1)),
                cancellationToken,
                Sql.Of(StoreText.Encode(@namespace)),
                Sql.Of(after)).ConfigureAwait(false);
            if (page.Count == 0)
            {
                await (document is null ? LostRows.RefuseFewerAsync(connection, @namespace, walked, cancellationToken) : Task.CompletedTask)
                    .ConfigureAwait(false);
                yield break;
            }

            walked += page.Count;

            await foreach (var chunk in ReadAsync(connection, @namespace, [.. page.Select(row => row.Key)], withVectors, cancellationToken)
                .ConfigureAwait(false))
            {
                yield return chunk;
            }

            if (document is not null)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    /// <summary>Of the documents with these keys, by their ids in ordinal order.</summary>
    public static async IAsyncEnumerable<IndexedChunk> ReadAsync(
        NpgsqlConnection connection,
        string @namespace,
        long[] keys,
        bool withVectors,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var documents = await DocumentLoader.CompleteAsync(
            connection, [.. keys.Select(key => new DocumentKey(key))], withText: false, cancellationToken).ConfigureAwait(false);
        if (Array.Find(documents, document => document.Damage is not null) is { Damage: { } damage } damaged)
        {
            throw Damage.Of(damaged.Record.Id, damage);
        }

        var missing = documents.Sum(document => (long)document.Record.Chunks.Count);
        var chunks = connection.StreamAsync(
            ChunkColumns.Live, ChunkColumns.Read, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(withVectors), Sql.Of(keys));
        await foreach (var chunk in chunks.ConfigureAwait(false))
        {
            missing--;
            yield return withVectors && chunk.Vector is null ? throw StoredValue.LostVector(chunk.Document) : chunk;
        }

        if (missing != 0)
        {
            throw Damage.Of(@namespace, "the source or the generation of some of its documents is gone");
        }
    }
}
