namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryLease(MemoryState state) : IDisposable
{
    public void Dispose()
    {
        lock (state.Gate)
        {
            state.IsLeased = false;
        }
    }
}
