using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>How live chunks are listed.</summary>
internal static class ChunkColumns
{
    private const string Columns = $"""
        select coalesce(d.long_id, d.id), s.name, (u.place - 1)::int, c.input, c.occurrence, l.headings[u.place], c.text, d.metadata,
               vector_send(e.vector), c.seal, e.seal, l.starts[u.place]
        from namespace n
        join generation g on g.id = n.generation
        join document d on d.namespace = n.id and d.{RowStates.Live}
        left join source s on s.id = d.source
        join layout l on l.generation = n.generation and l.document = d.key
        cross join lateral unnest(l.chunks) with ordinality u(key, place)
        join chunk c on c.key = u.key
        left join embedding e on $2 and e.space = g.space and e.input = c.input
        where n.name = $1
        """;

    /// <summary>Parameters: namespace, with vectors, and the keys of documents.</summary>
    public const string Live = Columns + " and d.key = any($3) order by d.id, u.place";

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: text or vector is not what was stored.</exception>
    public static IndexedChunk Read(NpgsqlDataReader row)
    {
        var chunk = new IndexedChunk
        {
            Document = row.GetStoreText(0),
            Source = row.GetOptionalText(1) ?? throw Damage.Of(row.GetStoreText(0), "its source is gone"),
            Ordinal = row.GetInt32(2),
            Start = row.IsDBNull(11) ? null : row.GetInt32(11),
            Input = row.GetHash(3),
            Occurrence = row.GetInt32(4),
            Heading = row.GetOptionalText(5),
            Text = row.GetStoreText(6),
            Metadata = row.GetMetadata(7, row.GetStoreText(0)),
            Vector = row.IsDBNull(8) ? null : (ReadOnlyMemory<float>?)row.GetVector(8),
        };
        Require(chunk, row.GetOptionalInt64(9));
        return chunk.Vector is { } vector && row.GetOptionalInt64(10) is { } seal && seal != Seal.OfVector(chunk.Input, vector.Span)
            ? throw StoredValue.LostVector(chunk.Document)
            : chunk;
    }

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: the text is not what was stored.</exception>
    public static void Require(IndexedChunk chunk, long? seal)
    {
        if (!Seal.Holds(chunk.Input, Encoding.UTF8.GetBytes(chunk.Text), seal))
        {
            throw Damage.Of(chunk.Document, "a chunk's text is not the one that was stored");
        }
    }
}
