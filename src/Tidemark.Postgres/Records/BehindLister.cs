using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Pages through live documents of which a generation has no layout, or a former one; each page is a query of its own.</summary>
internal static class BehindLister
{
    private const string PageRows = $"""
        select key from document d where source = $1 and {RowStates.Live} and key > $3 and not exists (
          select 1 from layout l where l.generation = $2 and l.document = d.key and l.sequence = d.sequence)
        order by key limit 5000
        """;

    public static ValueTask<List<DocumentKey>> PageAsync(
        PostgresDatabase database, SourceKey source, long generation, long after, CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.ListAsync(
            PageRows,
            row => new DocumentKey(StoredValue.Key(row.GetInt64(0), "table document", "key")),
            cancellationToken,
            Sql.Of(source.Value),
            Sql.Of(generation),
            Sql.Of(after)),
        cancellationToken);
}
