using Tidemark.Conformance.InMemory;
using Tidemark.Indexing;

namespace Tidemark;

/// <summary>Keeps an index in memory, for tests.</summary>
public static class InMemoryVerbs
{
    /// <summary>
    /// A store in memory, which goes with the index: the reference model that the other stores are compared with. It is right rather than fast, and
    /// cannot be copied.
    /// </summary>
    public static TidemarkBuilder UseInMemory(this TidemarkBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseStore((context, _) => ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(context.Clock)));
    }
}
