using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Records;

/// <summary>Golden queries in the store's file. Its transactions are short and touch no document.</summary>
internal sealed class SqliteGoldenQueries(SqliteDatabase database) : IGoldenQueries
{
    public ValueTask<IReadOnlyList<GoldenQuery>> ListAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult<IReadOnlyList<GoldenQuery>>(
            GoldenQueryTable.List(reader.Connection, NamespaceTable.Find(reader.Connection, @namespace).Id));
    }

    public ValueTask<GoldenPut> PutAsync(string @namespace, IReadOnlyList<GoldenQuery> queries, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            var id = Require(connection, @namespace);
            int added = 0, changed = 0;
            foreach (var query in queries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var known = GoldenQueryTable.Find(connection, id, query);
                if (known?.IsLike(query) == true)
                {
                    continue;
                }

                added += known is null ? 1 : 0;
                changed += known is not null && GoldenQueryTable.Remove(connection, id, query.Query, query.Filter) ? 1 : 0;
                GoldenQueryTable.Add(connection, id, query);
            }

            return new GoldenPut(added, changed, queries.Count - added - changed);
        },
        cancellationToken);

    public ValueTask<bool> RemoveAsync(string @namespace, string query, IReadOnlyList<string> filter, CancellationToken cancellationToken) => WriteAsync(
        connection => GoldenQueryTable.Remove(connection, NamespaceTable.Find(connection, @namespace).Id, query, filter), cancellationToken);

    public ValueTask<GoldenRun> KeepAsync(string @namespace, GoldenRun run, CancellationToken cancellationToken) => WriteAsync(
        connection => GoldenRunTable.Add(connection, Require(connection, @namespace), run), cancellationToken);

    public ValueTask<IReadOnlyList<GoldenRun>> RunsAsync(string @namespace, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult<IReadOnlyList<GoldenRun>>(
            GoldenRunTable.List(reader.Connection, NamespaceTable.Find(reader.Connection, @namespace).Id, limit));
    }

    private static long Require(SqliteConnection connection, string @namespace) => NamespaceTable.Find(connection, @namespace).Id is > 0 and var id
        ? id
        : throw StoreRefusals.NamespaceMissing(@namespace);

    private async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return writer.InTransaction((connection, _) => write(connection));
    }
}
