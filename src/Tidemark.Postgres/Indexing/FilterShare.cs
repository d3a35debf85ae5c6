using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>How much of a generation a filter lets through, counted no further than is asked.</summary>
internal sealed class FilterShare(NpgsqlConnection connection, IndexGeneration generation, DocumentFilter filter)
{
    /// <summary>How many chunks pass; where more do, more than <paramref name="most"/>.</summary>
    public Task<long> CountAsync(long most, CancellationToken cancellationToken) => filter.IsEmpty
        ? Task.FromResult(generation.Chunks)
        : connection.ScalarAsync<long>(
            $"""
            select coalesce(sum(chunks), 0) from (
              select d.chunks from document d
              where d.namespace = $1 and d.{RowStates.Live} and d.chunks > 0{filter.Conditions("d", 3)} limit $2 + 1) counted
            """,
            cancellationToken,
            filter.Parameters(Sql.Of(generation.Namespace), Sql.Of(most)));
}
