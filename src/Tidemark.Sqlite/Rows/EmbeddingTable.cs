using System.Runtime.InteropServices;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>
/// The rows of <c>embedding</c> on one connection. The index holds eight bytes of the input's hash; the whole hash is
/// compared in the row.
/// </summary>
internal sealed class EmbeddingTable(SqliteConnection connection)
{
    private const string FindKey = "SELECT key, input FROM embedding WHERE space = ?1 AND prefix = ?2";
    private const string FindVector = "SELECT input, vector, seal FROM embedding WHERE space = ?1 AND prefix = ?2";

    private const string FindMaking =
        "SELECT input, stored_at, run, cause, tokens FROM embedding WHERE space = ?1 AND prefix = ?2";

    private const string InsertRow =
        """
        INSERT INTO embedding (space, prefix, stored_at, input, vector, run, cause, tokens, seal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    private const string UpdateRow =
        "UPDATE embedding SET vector = ?2, stored_at = ?3, run = ?4, cause = ?5, tokens = ?6, seal = ?7 WHERE key = ?1";

    public static long PrefixOf(ContentHash input) => unchecked((long)input.Prefix);

    /// <returns>0 where it is not there.</returns>
    public long Find(long space, ContentHash input)
    {
        using var row = connection.Statement(FindKey);
        row.Bind(1, space);
        row.Bind(2, PrefixOf(input));
        while (row.Step())
        {
            if (row.GetHash(1) == input)
            {
                return row.GetInt64(0);
            }
        }

        return 0;
    }

    /// <returns>Null where it is not there, or damaged: whoever needs it has it made again.</returns>
    public float[]? Read(long space, ContentHash input)
    {
        using var row = connection.Statement(FindVector);
        row.Bind(1, space);
        row.Bind(2, PrefixOf(input));
        while (row.Step())
        {
            if (row.GetHash(0) == input)
            {
                var vector = MemoryMarshal.Cast<byte, float>(row.GetBlob(1));
                return row.GetNullableInt64(2) is { } seal && seal != Seal.OfVector(input, vector) ? null : vector.ToArray();
            }
        }

        return null;
    }

    /// <returns>Null where it is not there.</returns>
    public EmbeddingOrigin? FindOrigin(long space, ContentHash input)
    {
        using var row = connection.Statement(FindMaking);
        row.Bind(1, space);
        row.Bind(2, PrefixOf(input));
        while (row.Step())
        {
            if (row.GetHash(0) == input)
            {
                return new EmbeddingOrigin(row.GetInt64(1), row.GetInt64(2), (EmbeddingCause)row.GetInt32(3))
                {
                    Tokens = row.GetInt64(4),
                };
            }
        }

        return null;
    }

    /// <summary>Adds a vector that is known to be absent.</summary>
    public void Insert(long space, in StoredEmbedding embedding, in EmbeddingOrigin origin)
    {
        using var insert = connection.Statement(InsertRow);
        insert.Bind(1, space);
        insert.Bind(2, PrefixOf(embedding.Input));
        insert.Bind(3, origin.StoredAt);
        insert.Bind(4, embedding.Input);
        insert.BindBlob(5, embedding.Vector.Span);
        insert.Bind(6, origin.Run);
        insert.Bind(7, (long)origin.Cause);
        insert.Bind(8, embedding.Tokens);
        insert.Bind(9, Seal.OfVector(embedding.Input, embedding.Vector.Span));
        insert.Step();
    }

    public void Replace(long key, in StoredEmbedding embedding, in EmbeddingOrigin origin)
    {
        using var update = connection.Statement(UpdateRow);
        update.Bind(1, key);
        update.BindBlob(2, embedding.Vector.Span);
        update.Bind(3, origin.StoredAt);
        update.Bind(4, origin.Run);
        update.Bind(5, (long)origin.Cause);
        update.Bind(6, embedding.Tokens);
        update.Bind(7, Seal.OfVector(embedding.Input, embedding.Vector.Span));
        update.Step();
    }
}
