using Npgsql;
using Tidemark.Postgres.Storage;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>How live chunks are listed.</summary>
internal static class ChunkColumns
{
    private const string Columns = """
        select coalesce(d.long_id, d.id), s.name, (u.place - 1)::int, c.input, c.occurrence, l.headings[u.place], c.text, d.metadata,
               vector_send(e.vector)
        from namespace n
        join generation g on g.id = n.generation
        join document d on d.namespace = n.id and d.state = 1
        join source s on s.id = d.source
        join layout l on l.generation = n.generation and l.document = d.key
        cross join lateral unnest(l.chunks) with ordinality u(key, place)
        join chunk c on c.key = u.key
        left join embedding e on $2 and e.space = g.space and e.input = c.input
        where n.name = $1
        """;

    /// <summary>Parameters: namespace, with vectors, and the key of the document if there is one.</summary>
    public static string Live(bool ofOneDocument) =>
        ofOneDocument ? Columns + " and d.id = $3 order by u.place" : Columns + " order by d.id, u.place";

    public static IndexedChunk Read(NpgsqlDataReader row) => new()
    {
        Document = row.GetStoreText(0),
        Source = row.GetStoreText(1),
        Ordinal = row.GetInt32(2),
        Input = row.GetHash(3),
        Occurrence = row.GetInt32(4),
        Heading = row.GetOptionalText(5),
        Text = row.GetStoreText(6),
        Metadata = row.GetMetadata(7),
        Vector = row.IsDBNull(8) ? null : (ReadOnlyMemory<float>?)row.GetVector(8),
    };
}
