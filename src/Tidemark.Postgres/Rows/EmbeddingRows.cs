using System.Globalization;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Postgres.Copying;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Writes rows of <c>embedding</c>.</summary>
internal static class EmbeddingRows
{
    private const int AtOnce = 500;
    private const string Columns = "embedding (space, input, stored_at, run, cause, tokens, vector, seal)";

    private const string Insert = """
        insert into embedding as e (space, input, stored_at, run, cause, tokens, vector, seal)
        select distinct on (u.input) $1, u.input, $2, $3, $4, u.tokens, u.vector::vector, u.seal
        from unnest($5::bytea[], $6::bigint[], $7::text[], $8::bigint[]) u(input, tokens, vector, seal) order by u.input
        """;

    private const string Keep = " on conflict do nothing";

    private const string Replace = """
         on conflict (space, input) do update set
          stored_at = excluded.stored_at, run = excluded.run, cause = $9, tokens = excluded.tokens, vector = excluded.vector,
          seal = excluded.seal
        """;

    /// <summary>Fast, and only for vectors that are not there: one that is fails the transaction.</summary>
    public static async Task CopyAsync(
        NpgsqlConnection connection,
        long space,
        IEnumerable<StoredEmbedding> sorted,
        EmbeddingReceipt receipt,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var copy = await BinaryCopy.BeginAsync(connection, Columns, cancellationToken).ConfigureAwait(false);
        await using var held = copy.ConfigureAwait(false);
        foreach (var embedding in sorted)
        {
            copy.BeginRow(8);
            copy.Write(space);
            copy.Write(embedding.Input);
            copy.Write(now.ToStored());
            copy.Write(receipt.Run);
            copy.Write((short)receipt.Cause);
            copy.Write(embedding.Tokens);
            copy.WriteVector(embedding.Vector.Span);
            copy.Write(Seal.OfVector(embedding.Input, embedding.Vector.Span));
            await copy.EndRowAsync(cancellationToken).ConfigureAwait(false);
        }

        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>For vectors of which some may be there.</summary>
    public static async Task MergeAsync(
        NpgsqlConnection connection,
        long space,
        IReadOnlyList<StoredEmbedding> sorted,
        bool replace,
        EmbeddingReceipt receipt,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        foreach (var some in sorted.Chunk(AtOnce))
        {
            NpgsqlParameter[] values =
            [
                Sql.Of(space),
                Sql.Of(now.ToStored()),
                Sql.Of(receipt.Run),
                Sql.Of((int)receipt.Cause),
                Sql.Of(Array.ConvertAll(some, embedding => embedding.Input.ToArray())),
                Sql.Of(Array.ConvertAll(some, embedding => embedding.Tokens)),
                Sql.Of(Array.ConvertAll(some, embedding => Literal(embedding.Vector.Span))),
                Sql.Of(Array.ConvertAll(some, embedding => Seal.OfVector(embedding.Input, embedding.Vector.Span))),
            ];
            await (replace
                ? connection.ExecuteAsync(
                    Insert + Replace, cancellationToken, [.. values, Sql.Of((int)receipt.CauseOfReplacement)])
                : connection.ExecuteAsync(Insert + Keep, cancellationToken, values)).ConfigureAwait(false);
        }
    }

    /// <summary>As pgvector reads it; nine digits give every float back exactly.</summary>
    public static string Literal(ReadOnlySpan<float> vector)
    {
        var text = new System.Text.StringBuilder(vector.Length * 12).Append('[');
        foreach (var value in vector)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value:R}").Append(',');
        }

        text.Length -= vector.Length > 0 ? 1 : 0;
        return text.Append(']').ToString();
    }
}
