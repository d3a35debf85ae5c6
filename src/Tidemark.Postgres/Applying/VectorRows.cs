using Npgsql;
using Tidemark.Embedding;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>
/// Vectors of new chunks: the server takes them from where they were stored when they were paid for, so that they are sent once.
/// </summary>
internal sealed class VectorRows(PipelineIdentity pipeline, List<ChunkRow> chunks)
{
    private const string Stored = """
        unnest($2::bytea[], $3::bigint[], $4::bigint[]) u(input, chunk, document)
        cross join lateral (
          select vector from embedding where space = (select id from space where name = $1) and input = u.input limit 1) e
        """;

    // A collection passes over what is held, and a row that it took before is not there any more when the vectors are read next. What was
    // stored just now it does not take while somebody works, so it need not be held.
    private const string HoldOld = """
        select 1 from embedding e where e.space = (select id from space where name = $1) and e.input = any($2) and e.stored_at < $3 for key share
        """;

    private const string KeepThoseThere = " on conflict do nothing";

    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(30);

    /// <summary>Of <see cref="Parameters"/>.</summary>
    private const int Space = 0, Inputs = 1;

    private NpgsqlBatchCommand? _written;

    /// <summary>The table that gets them, with the list of its columns; null where they are indexed outside.</summary>
    public required string? Target { get; init; }

    private string Insert => $"insert into {Target} select u.chunk, u.document, e.vector from {Stored}";

    public void Write(NpgsqlBatch statements, DateTimeOffset now)
    {
        if (chunks.Count > 0)
        {
            var rows = Parameters();
            statements.Add(HoldOld, rows[Space].Clone(), rows[Inputs].Clone(), Sql.Of((now - Youth).ToStored()));
            statements.Add(Target is null ? $"select 1 from {Stored}" : Insert, rows);
            _written = statements.BatchCommands[^1];
        }
    }

    /// <summary>Once the statements are executed: puts back what was collected since it was stored.</summary>
    public async Task CompleteAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_written is null || _written.Rows == (ulong)chunks.Count)
        {
            return;
        }

        await StoreAsync(connection, now, cancellationToken).ConfigureAwait(false);
        if (Target is not null)
        {
            await connection.ExecuteAsync(Insert + KeepThoseThere, cancellationToken, Parameters()).ConfigureAwait(false);
        }
    }

    private async Task StoreAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var space = await SpaceTable.FindOrAddAsync(
            connection, new EmbeddingSpace(pipeline.Space, pipeline.Dimensions), cancellationToken).ConfigureAwait(false);
        var vectors = chunks.DistinctBy(row => row.Chunk.Input)
            .Select(row => new StoredEmbedding(row.Chunk.Input, row.Chunk.Vector))
            .OrderBy(embedding => embedding.Input)
            .ToArray();
        await EmbeddingRows.MergeAsync(
            connection, space, vectors, replace: false, EmbeddingReceipt.None, now, cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlParameter[] Parameters() =>
    [
        Sql.Of(StoreText.Encode(pipeline.Space)),
        Sql.Of(chunks.Select(row => row.Chunk.Input.ToArray()).ToArray()),
        Sql.Of(chunks.Select(row => row.Key).ToArray()),
        Sql.Of(chunks.Select(row => row.Document).ToArray()),
    ];
}
