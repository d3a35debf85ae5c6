using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>One hold on one namespace, or on all (null).</summary>
internal sealed class MemoryLease(MemoryState state, string? @namespace, NamespaceHold hold) : IDisposable
{
    public bool ExcludedBy(MemoryLease other) =>
        (hold, other.Hold) is not (NamespaceHold.Shared, NamespaceHold.Shared)
        && (@namespace is null || other.Namespace is null || @namespace == other.Namespace);

    private NamespaceHold Hold => hold;

    private string? Namespace => @namespace;

    public void Dispose()
    {
        lock (state.Gate)
        {
            state.Leases.Remove(this);
        }
    }
}
