using Tidemark.Conformance.Verifying;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Verifying;

public sealed class SqliteVerifyTests : VerifyConformance, IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    protected override ValueTask<ITidemarkStore> OpenStoreAsync() => _file.OpenAsync();
}
