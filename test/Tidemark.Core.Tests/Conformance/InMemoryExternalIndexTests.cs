using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Publishing;
using Tidemark.Indexing;

namespace Tidemark.Tests.Conformance;

public sealed class InMemoryExternalIndexTests : ExternalIndexConformance
{
    private readonly MemoryExternalIndexes _server = new();

    protected override string Location => "memory:index";

    protected override IExternalIndex Open() => _server.Open(Location);

    protected override Task RemoveAsync()
    {
        _server.Collections.Clear();
        return Task.CompletedTask;
    }
}
