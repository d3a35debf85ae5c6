using Tidemark.Conformance.Indexing;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Indexing;

public sealed class SqliteVectorIndexTests : VectorIndexConformance, IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    protected override ValueTask<ITidemarkStore> OpenStoreAsync() => _file.OpenAsync();
}
