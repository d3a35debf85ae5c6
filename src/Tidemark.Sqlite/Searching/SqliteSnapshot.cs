using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Searching;

/// <summary>Searches within one read transaction, begun by the first of them.</summary>
internal sealed class SqliteSnapshot(SqliteDatabase database, VectorSearch vectors) : IIndexSnapshot
{
    private ReaderLease? _lease;

    private SqliteConnection Connection => (_lease ??= database.Readers.RentSnapshot()).Connection;

    public ValueTask<VectorAnswer> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new VectorAnswer(vectors.Search(Connection, query, cancellationToken)));

    public ValueTask<KeywordAnswer> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(KeywordSearch.Search(Connection, query, cancellationToken));

    public ValueTask DisposeAsync()
    {
        _lease?.Dispose();
        return ValueTask.CompletedTask;
    }
}
