using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryRecordStore(MemoryState state) : IRecordStore
{
    public async ValueTask<IRecordSession> OpenAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        var lease = request.ForPlan
            ? null
            : await state.LeaseAsync(request.Namespace, request.Hold, request.Wait, cancellationToken);
        lock (state.Gate)
        {
            if (!state.Namespaces.TryGetValue(request.Namespace, out var found))
            {
                found = new MemoryNamespace(request.Namespace);
                if (!request.ForPlan)
                {
                    state.Namespaces.Add(request.Namespace, found);
                }
            }

            return new MemorySession(state, found, request, lease);
        }
    }
}
