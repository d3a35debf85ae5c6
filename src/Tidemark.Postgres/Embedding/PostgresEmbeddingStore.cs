using Npgsql;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Embedding;

/// <summary>
/// Vectors by content. Writing needs neither lock nor fence: what was paid for is never turned away. Rows are inserted in the
/// order of their keys, so that two processes that store the same vectors never wait for each other in a circle.
/// </summary>
internal sealed class PostgresEmbeddingStore(PostgresDatabase database) : IEmbeddingStore
{
    private const string Vectors = """
        select e.input, vector_send(e.vector), e.seal from unnest($2::bytea[]) w(input)
        cross join lateral (select * from embedding where space = $1 and input = w.input limit 1) e
        """;

    private const string Inputs = """
        select w.input from unnest($2::bytea[]) w(input)
        where exists (select 1 from embedding e where e.space = $1 and e.input = w.input)
        """;

    public async ValueTask<IReadOnlyList<StoredEmbedding>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken) =>
        (await FindAsync(space, inputs, Vectors, ReadSound, cancellationToken).ConfigureAwait(false)).OfType<StoredEmbedding>().ToList();

    public async ValueTask<IReadOnlySet<ContentHash>> ContainsAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken) =>
        (await FindAsync(space, inputs, Inputs, row => row.GetHash(0), cancellationToken).ConfigureAwait(false)).ToHashSet();

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

        var sorted = embeddings.OrderBy(embedding => embedding.Input).ToArray();
        try
        {
            await PutAsync(space, sorted, replace, receipt, mayBeThere: replace, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            await PutAsync(space, sorted, replace, receipt, mayBeThere: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>So that what was made again takes its place.</summary>
    private static async Task RemoveDamagedAsync(
        NpgsqlConnection connection, long space, StoredEmbedding[] embeddings, CancellationToken cancellationToken)
    {
        var inputs = Array.ConvertAll(embeddings, embedding => embedding.Input.ToArray());
        var stored = await connection.ListAsync(
            Vectors, row => (Input: row.GetHash(0), IsSound: ReadSound(row) is not null), cancellationToken, Sql.Of(space), Sql.Of(inputs))
            .ConfigureAwait(false);
        var damaged = stored.Where(embedding => !embedding.IsSound).Select(embedding => embedding.Input.ToArray()).ToArray();
        if (damaged.Length > 0)
        {
            await connection.ExecuteAsync(
                "delete from embedding where space = $1 and input = any($2)", cancellationToken, Sql.Of(space), Sql.Of(damaged))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Null where it is not what was stored: whoever needs it has it made again.</summary>
    private static StoredEmbedding? ReadSound(NpgsqlDataReader row)
    {
        var embedding = new StoredEmbedding(row.GetHash(0), row.GetVector(1));
        return row.GetOptionalInt64(2) is { } seal && seal != Seal.OfVector(embedding.Input, embedding.Vector.Span) ? null : embedding;
    }

    private async ValueTask PutAsync(
        EmbeddingSpace space,
        StoredEmbedding[] sorted,
        bool replace,
        EmbeddingReceipt receipt,
        bool mayBeThere,
        CancellationToken cancellationToken)
    {
        var now = database.Clock.GetUtcNow();
        await database.InTransactionAsync(
            async connection =>
            {
                if (receipt is not { Usage.Requests: > 0, PricePerMillionTokens: not 0 })
                {
                    // What cost nothing survives a killed process, but the last moments of it not a power cut.
                    await connection.ExecuteAsync("set local synchronous_commit = off", cancellationToken).ConfigureAwait(false);
                }

                var key = await SpaceTable.FindOrAddAsync(connection, space, cancellationToken).ConfigureAwait(false);
                if (mayBeThere)
                {
                    await RemoveDamagedAsync(connection, key, sorted, cancellationToken).ConfigureAwait(false);
                    await EmbeddingRows.MergeAsync(connection, key, sorted, replace, receipt, now, cancellationToken).ConfigureAwait(false);
                }
                else if (sorted.Length > 0)
                {
                    await EmbeddingRows.CopyAsync(connection, key, sorted, receipt, now, cancellationToken).ConfigureAwait(false);
                }

                await LedgerTable.AddAsync(connection, key, receipt.Payment(replace), now, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<List<T>> FindAsync<T>(
        EmbeddingSpace space,
        IReadOnlyCollection<ContentHash> inputs,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken) => inputs.Count == 0 ? [] : await database.RunAsync(
        async connection =>
        {
            var key = await SpaceTable.FindAsync(connection, space, cancellationToken).ConfigureAwait(false);
            return key == 0
                ? []
                : await connection.ListAsync(
                    sql, read, cancellationToken, Sql.Of(key),
                    Sql.Of(inputs.Select(input => input.ToArray()).ToArray())).ConfigureAwait(false);
        },
        cancellationToken).ConfigureAwait(false);
}
