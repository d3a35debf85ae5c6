using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Publishing;

/// <summary>Makes entries of an external index out of open chunks.</summary>
internal static class EntryQuery
{
    private const string Rows = """
        select c.key, c.from_sequence, c.input, c.occurrence, c.text, coalesce(d.long_id, d.id), s.name, d.metadata, vector_send(e.vector)
        from unnest($2::bigint[], $3::bigint[]) w(key, opened)
        join chunk c on c.key = w.key and c.from_sequence = w.opened and c.to_sequence is null
        join external_index x on x.generation = c.generation
        join generation g on g.id = c.generation
        join namespace n on n.id = g.namespace and n.name = $1
        join document d on d.key = c.document
        join source s on s.id = d.source
        left join embedding e on e.space = g.space and e.input = c.input
        """;

    public static async Task<IReadOnlyList<IndexEntry>> ReadAsync(
        NpgsqlConnection connection, string @namespace, IReadOnlyCollection<EntryId> ids, CancellationToken cancellationToken) =>
        await connection.ListAsync(
            Rows,
            Read,
            cancellationToken,
            Sql.Of(StoreText.Encode(@namespace)),
            Sql.Of(ids.Select(id => id.Chunk.Value).ToArray()),
            Sql.Of(ids.Select(id => id.Sequence).ToArray())).ConfigureAwait(false);

    private static IndexEntry Read(NpgsqlDataReader row)
    {
        var document = row.GetStoreText(5);
        return new IndexEntry
        {
            Id = new EntryId(row.GetInt64(1), new ChunkKey(row.GetInt64(0))),
            ChunkId = ChunkId.Of(document, row.GetHash(2), row.GetInt32(3)),
            Document = document,
            Source = row.GetStoreText(6),
            Text = row.GetStoreText(4),
            Metadata = row.GetMetadata(7, document),
            Vector = row.IsDBNull(8) ? default : row.GetVector(8),
        };
    }
}
