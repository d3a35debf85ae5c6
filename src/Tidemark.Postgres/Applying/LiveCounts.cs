using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>Writes what a batch does to the live counters.</summary>
internal static class LiveCounts
{
    private const string SourceRows = """
        update source s set documents = s.documents + u.documents, chunks = s.chunks + u.chunks, tokens = s.tokens + u.tokens
        from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) u(id, documents, chunks, tokens) where s.id = u.id
        """;

    private const string BesideRows = """
        insert into source_count (generation, source, chunks, tokens)
        select $1, u.source, u.chunks, u.tokens from unnest($2::bigint[], $3::bigint[], $4::bigint[]) u(source, chunks, tokens)
        on conflict (generation, source) do update
          set chunks = source_count.chunks + excluded.chunks, tokens = source_count.tokens + excluded.tokens
        """;

    private const string GenerationRow =
        "update generation set documents = documents + $2, chunks = chunks + $3 where id = $1";

    public static void Write(NpgsqlBatch statements, BatchDecision decisions, BatchLookup stored)
    {
        var beside = decisions.CountsBeside.ToArray();
        if (beside.Length > 0)
        {
            statements.Add(
                BesideRows,
                Sql.Of(stored.Building),
                Sql.Of(Array.ConvertAll(beside, c => c.Key)),
                Sql.Of(Array.ConvertAll(beside, c => c.Value.Chunks)),
                Sql.Of(Array.ConvertAll(beside, c => c.Value.Tokens)));
            statements.Add(GenerationRow, Sql.Of(stored.Building), Sql.Of(decisions.Beside.Documents), Sql.Of(decisions.Beside.Chunks));
        }

        var changed = decisions.Counts.ToArray();
        if (changed.Length == 0)
        {
            return;
        }

        var total = decisions.Total;
        statements.Add(
            SourceRows,
            Sql.Of(Array.ConvertAll(changed, c => c.Key)),
            Sql.Of(Array.ConvertAll(changed, c => c.Value.Documents)),
            Sql.Of(Array.ConvertAll(changed, c => c.Value.Chunks)),
            Sql.Of(Array.ConvertAll(changed, c => c.Value.Tokens)));
        statements.Add(GenerationRow, Sql.Of(stored.Active), Sql.Of(total.Documents), Sql.Of(total.Chunks));
    }
}
