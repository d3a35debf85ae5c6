using Npgsql;
using Tidemark.Postgres.Storage;

namespace Tidemark.Postgres.Applying;

/// <summary>Collects what a batch does to the live counters.</summary>
internal sealed class LiveCounts
{
    private const string SourceRows = """
        update source s set documents = s.documents + u.documents, chunks = s.chunks + u.chunks, tokens = s.tokens + u.tokens
        from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) u(id, documents, chunks, tokens) where s.id = u.id
        """;

    private const string GenerationRow =
        "update generation set documents = documents + $2, chunks = chunks + $3 where id = $1";

    private readonly SortedDictionary<long, (long Documents, long Chunks, long Tokens)> _sources = [];

    public void Add(long source, int documents, int chunks, long tokens)
    {
        var (d, c, t) = _sources.GetValueOrDefault(source);
        _sources[source] = (d + documents, c + chunks, t + tokens);
    }

    public void Write(NpgsqlBatch statements, long generation)
    {
        var changed = _sources.Where(source => source.Value != default).ToArray();
        if (changed.Length == 0)
        {
            return;
        }

        statements.Add(
            SourceRows,
            Sql.Of(Array.ConvertAll(changed, c => c.Key)),
            Sql.Of(Array.ConvertAll(changed, c => c.Value.Documents)),
            Sql.Of(Array.ConvertAll(changed, c => c.Value.Chunks)),
            Sql.Of(Array.ConvertAll(changed, c => c.Value.Tokens)));
        statements.Add(
            GenerationRow,
            Sql.Of(generation),
            Sql.Of(changed.Sum(c => c.Value.Documents)),
            Sql.Of(changed.Sum(c => c.Value.Chunks)));
    }
}
