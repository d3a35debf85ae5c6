using System.Text;
using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Indexing;

/// <summary>What both searches share: filtering candidates, and reading what is found.</summary>
internal static class HitQuery
{
    /// <summary>The first parameters of every search; those of the filter follow.</summary>
    public const int FirstOfFilter = 4;

    /// <summary>Columns of a hit, given a row <c>hit(chunk, document, score)</c>; best first.</summary>
    public const string Read = """
        select hit.score, coalesce(d.long_id, d.id), s.name, u.place - 1, c.input, c.occurrence, l.headings[u.place], c.text, d.metadata,
               c.seal, l.starts[u.place]
        """;

    public const string From = """
        left join chunk c on c.key = hit.chunk and c.to_sequence is null
        left join document d on d.key = c.document
        left join source s on s.id = d.source
        left join layout l on l.generation = c.generation and l.document = c.document
        left join lateral (select array_position(l.chunks, c.key) as place) u on true
        where true
        """;

    /// <summary>The same where an external index may be behind: of a document that is, the version that is published.</summary>
    public const string ReadPublished = """
        select hit.score, coalesce(d.long_id, d.id), s.name, u.place - 1, c.input, c.occurrence,
               (coalesce(l.headings, h.headings))[u.place], c.text, case when p.document is null then d.metadata else h.metadata end,
               c.seal, (coalesce(l.starts, h.starts))[u.place]
        """;

    public const string FromPublished = """
        join chunk c on c.key = hit.chunk
        join generation g on g.id = c.generation
        join document d on d.key = c.document
        left join unpublished p on p.generation = c.generation and p.document = c.document
        left join layout l on p.document is null and l.generation = c.generation and l.document = c.document
        left join document_history h
          on p.sequence > 0 and h.generation = c.generation and h.document = c.document and h.from_sequence = p.sequence
        left join source s on s.id = case when p.document is null then d.source else h.source end
        left join embedding e on e.space = g.space and e.input = c.input
        cross join lateral (select array_position(coalesce(l.chunks, h.chunks), c.key) as place) u
        where u.place is not null
        """;

    /// <summary>
    /// As <see cref="Filter(DocumentFilter, string)"/>; of a document that is behind, the caller has to look itself at all but whether the
    /// version that is found has expired.
    /// </summary>
    public static string Filter(IndexGeneration generation, DocumentFilter filter, string rows, int first) =>
        filter.IsEmpty ? ""
        : generation.Location is null ? Filter(filter, rows)
        : $"""
          join document f on f.key = {rows}.document and ((f.{RowStates.Live}{filter.Conditions("f", first)}
              and not exists (select 1 from unpublished b where b.generation = {generation.Tables.Number} and b.document = f.key))
            or exists (
              select 1 from unpublished b
              join document_history e on e.generation = b.generation and e.document = b.document and e.from_sequence = b.sequence
              where b.generation = {generation.Tables.Number} and b.document = f.key{filter.Validity("e", first)}))
          """;

    /// <summary>A join that lets only chunks of documents pass that may meet the filter; empty where there is none.</summary>
    public static string Filter(DocumentFilter filter, string rows) => filter.IsEmpty
        ? ""
        : $"join document f on f.key = {rows}.document and f.{RowStates.Live}{filter.Conditions("f", FirstOfFilter)}";

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: the records of a hit are gone, or its text is not what was stored.</exception>
    public static IndexHit ReadHit(NpgsqlDataReader row)
    {
        if (row.IsDBNull(1) || row.IsDBNull(3))
        {
            // They are written together with the index.
            throw Damage.Of("the store", "records of what its index finds are missing");
        }

        var chunk = new IndexedChunk
        {
            Document = row.GetStoreText(1),
            Source = row.GetOptionalText(2) ?? throw Damage.Of(row.GetStoreText(1), "its source is gone"),
            Ordinal = row.GetInt32(3),
            Input = row.GetHash(4),
            Occurrence = row.GetInt32(5),
            Heading = row.GetOptionalText(6),
            Text = row.GetStoreText(7),
            Metadata = row.GetMetadata(8, row.GetStoreText(1)),
            Start = row.IsDBNull(10) ? throw Damage.Of(row.GetStoreText(1), "the list of its chunks is not what was stored") : row.GetInt32(10),
        };
        ChunkColumns.Require(chunk, row.GetOptionalInt64(9));
        return new IndexHit(chunk, row.GetDouble(0));
    }

    /// <summary>Looks at the documents that are about to be shown: ids, metadata and headings are under their seals.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: one is not what was stored.</exception>
    public static async Task<IReadOnlyList<IndexHit>> SoundAsync(
        NpgsqlConnection connection, IndexGeneration generation, IReadOnlyList<IndexHit> hits, CancellationToken cancellationToken)
    {
        await DocumentLoader
            .RequireAsync(connection, generation.Namespace, hits.Select(hit => hit.Chunk.Document), cancellationToken).ConfigureAwait(false);
        return hits;
    }

    /// <summary>Best first, as many as wanted; what met the filter only by its hashes goes.</summary>
    public static List<IndexHit> Best(IEnumerable<IndexHit> found, MetadataFilter filter, int limit)
    {
        var hits = found
            .Where(hit => filter.IsEmpty || (filter.Covers(hit.Chunk.Document, hit.Chunk.Source)
                && MetadataMatcher.Matches(filter, Encoding.UTF8.GetBytes(hit.Chunk.Metadata.Json))))
            .ToList();
        hits.Sort(HitOrder.Instance);
        return hits.Count > limit ? hits.GetRange(0, limit) : hits;
    }
}
