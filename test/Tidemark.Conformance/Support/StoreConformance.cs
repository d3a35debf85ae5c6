using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Conformance.Support;

/// <summary>What every suite needs: a fresh store, made by the adapter under test.</summary>
public abstract class StoreConformance : IAsyncLifetime
{
    protected TestClock Clock { get; } = new();

    protected ITidemarkStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync(Clock);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An empty store of its own for each test.</summary>
    protected abstract ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock);
}
