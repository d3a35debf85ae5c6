using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Embedding;

/// <summary>Vectors by content in the store's file. Writing needs no lease: what was paid for is never turned away.</summary>
internal sealed class SqliteEmbeddingStore(SqliteDatabase database) : IEmbeddingStore
{
    public async ValueTask<IReadOnlyList<StoredEmbedding>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        await ShowAsync(inputs, cancellationToken).ConfigureAwait(false);
        using var reader = database.Readers.RentSnapshot();
        var found = new List<StoredEmbedding>();
        if (SpaceTable.Find(reader.Connection, space) is var key and not 0)
        {
            var table = new EmbeddingTable(reader.Connection);
            foreach (var input in inputs)
            {
                if (table.Read(key, input) is { } vector)
                {
                    found.Add(new StoredEmbedding(input, vector));
                }
            }
        }

        return found;
    }

    public async ValueTask<IReadOnlySet<ContentHash>> ContainsAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        await ShowAsync(inputs, cancellationToken).ConfigureAwait(false);
        using var reader = database.Readers.RentSnapshot();
        var found = new HashSet<ContentHash>();
        if (SpaceTable.Find(reader.Connection, space) is var key and not 0)
        {
            var table = new EmbeddingTable(reader.Connection);
            found.UnionWith(inputs.Where(input => table.Find(key, input) != 0));
        }

        return found;
    }

    public async ValueTask PutAsync(
        EmbeddingSpace space,
        IReadOnlyList<StoredEmbedding> embeddings,
        bool replace,
        EmbeddingReceipt receipt,
        CancellationToken cancellationToken)
    {
        foreach (var embedding in embeddings)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(
                embedding.Vector.Length, space.Dimensions, nameof(embeddings));
        }

        if (embeddings.Count == 0 && receipt.Usage == default)
        {
            return;
        }

        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        var isPaid = receipt is { Usage.Requests: > 0, PricePerMillionTokens: not 0 };
        if (!isPaid && !database.Options.FlushEmbeddings)
        {
            Put(writer, space, embeddings, replace, receipt);
            return;
        }

        writer.Commit();
        writer.Connection.Execute("PRAGMA synchronous = FULL");
        try
        {
            Put(writer, space, embeddings, replace, receipt);
        }
        finally
        {
            writer.Connection.Execute("PRAGMA synchronous = NORMAL");
        }
    }

    /// <summary>Commits what is open if one of the inputs is among it, so that a reader finds it.</summary>
    private async ValueTask ShowAsync(IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (database.Uncommitted.HasAny(inputs))
        {
            using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
            writer.Commit();
        }
    }

    /// <summary>
    /// Vectors that cost nothing may share a transaction that is open; paid ones are committed before anything else happens.
    /// </summary>
    private void Put(
        WriterHold writer,
        EmbeddingSpace space,
        IReadOnlyList<StoredEmbedding> embeddings,
        bool replace,
        EmbeddingReceipt receipt)
    {
        var shares = writer.IsOpen && receipt.PricePerMillionTokens == 0;
        writer.InOpenTransaction((connection, _) =>
        {
            PutRows(connection, space, embeddings, replace, receipt);
            return true;
        });
        if (shares)
        {
            database.Uncommitted.Add(embeddings);
        }
        else
        {
            writer.Commit();
        }
    }

    private void PutRows(
        SqliteConnection connection,
        EmbeddingSpace space,
        IReadOnlyList<StoredEmbedding> embeddings,
        bool replace,
        EmbeddingReceipt receipt)
    {
        var key = SpaceTable.FindOrAdd(connection, space);
        var table = new EmbeddingTable(connection);
        var now = database.Clock.GetUtcNow();
        var made = new EmbeddingOrigin(now.ToStored(), receipt.Run, receipt.Cause);
        var remade = made with { Cause = receipt.CauseOfReplacement };
        foreach (var embedding in embeddings)
        {
            var existing = table.Find(key, embedding.Input);
            if (existing == 0)
            {
                table.Insert(key, embedding, made);
                continue;
            }

            var isDamaged = table.Read(key, embedding.Input) is null;
            if (replace || isDamaged)
            {
                table.Replace(existing, embedding, isDamaged ? made : remade);
            }
        }

        LedgerTable.Add(connection, key, receipt.Payment(replace), now);
    }
}
