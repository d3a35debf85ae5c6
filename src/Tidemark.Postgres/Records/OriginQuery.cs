using Npgsql;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>
/// Explains the vectors of one document. Whom a vector was made for is not stored: it is the first chunk that the paying run
/// opened with that input, so all chunks are looked through once.
/// </summary>
internal static class OriginQuery
{
    private const string Rows = $"""
        with own as materialized (
          select (u.place - 1)::int as ordinal, c.key, c.input, c.occurrence, l.headings[u.place] as heading,
                 o.run as indexed_in, o.at as indexed_at, e.stored_at, e.run as embedded_in, e.cause, e.tokens, g.space,
                 (select price from ledger p where p.run = e.run and p.space = g.space limit 1) as price
          from namespace n
          join generation g on g.id = n.generation
          join document d on d.namespace = n.id and d.id = $2 and d.{RowStates.Live}
          join layout l on l.generation = n.generation and l.document = d.key
          cross join lateral unnest(l.chunks) with ordinality u(key, place)
          join chunk c on c.key = u.key
          left join commit_log o on o.namespace = n.id and o.sequence = c.from_sequence
          left join embedding e on e.space = g.space and e.input = c.input
          where n.name = $1
        ), first as (
          select distinct on (c.input) c.input, c.key, coalesce(d.long_id, d.id) as document, n.name
          from (select distinct input, space, embedded_in from own where embedded_in is not null) w
          join chunk c on c.input = w.input
          join generation g on g.id = c.generation and g.space = w.space
          join namespace n on n.id = g.namespace
          join document d on d.key = c.document
          join commit_log o on o.namespace = g.namespace and o.sequence = c.from_sequence and o.run = w.embedded_in
          order by c.input, c.key
        )
        select own.ordinal, own.input, own.occurrence, own.heading, own.indexed_in, own.indexed_at, own.stored_at, own.embedded_in,
               own.cause, own.tokens, own.price, own.key, first.key, first.document, first.name
        from own left join first on first.input = own.input order by own.ordinal
        """;

    public static Task<List<ChunkOrigin>> RunAsync(
        NpgsqlConnection connection, string @namespace, string document, CancellationToken cancellationToken) => connection.ListAsync(
        Rows,
        row => Read(row, @namespace, document),
        cancellationToken,
        Sql.Of(StoreText.Encode(@namespace)),
        Sql.Of(StoreText.KeyOf(document).Key));

    private static ChunkOrigin Read(NpgsqlDataReader row, string @namespace, string document)
    {
        var origin = new ChunkOrigin
        {
            Ordinal = row.GetInt32(0),
            Input = row.GetHash(1),
            Occurrence = row.GetInt32(2),
            Heading = row.GetOptionalText(3),
            IndexedIn = row.GetOptionalInt64(4) ?? 0,
            IndexedAt = StoreTime.FromStored(row.GetOptionalInt64(5), "table commit_log", "at"),
        };
        if (row.IsDBNull(6))
        {
            return origin;
        }

        origin = origin with
        {
            EmbeddedAt = StoreTime.FromStored(row.GetInt64(6), "table embedding", "stored_at"),
            EmbeddedIn = row.GetInt64(7),
            Cause = (EmbeddingCause)row.GetInt16(8),
            Tokens = row.GetInt64(9),
            PricePerMillionTokens = StoredMoney.ReadPrice(row.GetOptionalInt64(10)),
        };
        var payer = row.GetOptionalInt64(12);
        if (payer == row.GetInt64(11))
        {
            return origin;
        }

        var (other, elsewhere) = (row.GetOptionalText(13), row.GetOptionalText(14));
        var isOther = payer is not null && (elsewhere, other) != (@namespace, document);
        return origin with
        {
            IsReused = true,
            ReusedFrom = isOther ? other : null,
            ReusedFromNamespace = isOther ? elsewhere : null,
        };
    }
}
