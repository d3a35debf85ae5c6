using Npgsql;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Maintenance;

/// <summary>Removes vectors of inputs that no chunk has any more, in whatever namespace, inside the caller's transaction.</summary>
internal static class VectorRemoval
{
    private const string Vectors = """
        with gone as (
          delete from embedding e using unnest($1::bigint[], $2::bytea[]) w(space, input)
          where e.space = w.space and e.input = w.input and not exists (
            select 1 from chunk c join generation g on g.id = c.generation where g.space = w.space and c.input = w.input)
          returning 1)
        select count(*) from gone
        """;

    /// <returns>How many there were.</returns>
    public static async Task<long> RunAsync(
        NpgsqlConnection connection, IEnumerable<(long Space, ContentHash Input)> inputs, CancellationToken cancellationToken)
    {
        var removed = inputs.Where(input => input.Input != CanaryInput.Hash).Distinct().ToArray();
        return removed.Length == 0 ? 0 : await connection.ScalarAsync<long>(
            Vectors,
            cancellationToken,
            Sql.Of(Array.ConvertAll(removed, input => input.Space)),
            Sql.Of(Array.ConvertAll(removed, input => (byte[]?)input.Input.ToArray()))).ConfigureAwait(false);
    }
}
