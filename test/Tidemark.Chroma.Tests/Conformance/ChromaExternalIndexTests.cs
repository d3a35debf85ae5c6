using Tidemark.Conformance.Publishing;
using Tidemark.Indexing;

namespace Tidemark.Chroma.Tests.Conformance;

public sealed class ChromaExternalIndexTests : ExternalIndexConformance, IDisposable
{
    private readonly ChromaIndexes _indexes = new(new ChromaOptions(), TimeProvider.System);

    private string? _location;

    protected override string Location => _location ??= ChromaServer.NewLocation();

    public void Dispose() => _indexes.Dispose();

    public override ValueTask InitializeAsync()
    {
        ChromaServer.Require();
        return ValueTask.CompletedTask;
    }

    protected override IExternalIndex Open() => _indexes.Open(Location);

    protected override Task RemoveAsync() => _location is null ? Task.CompletedTask : ChromaServer.DropAsync(_location);
}
