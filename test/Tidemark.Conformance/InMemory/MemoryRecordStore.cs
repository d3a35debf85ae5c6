using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryRecordStore(MemoryState state) : IRecordStore
{
    public async ValueTask<IRecordSession> OpenAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        if (!request.ForPlan && !await state.Lease.WaitAsync(request.Wait, cancellationToken))
        {
            throw new TidemarkException(
                ErrorCodes.RunLocked, $"Another run holds the namespace '{request.Namespace}'.", "Wait for it, or use --wait.");
        }

        lock (state.Gate)
        {
            var found = state.Find(request.Namespace);
            if (found is null)
            {
                found = new MemoryNamespace(request.Namespace);
                if (!request.ForPlan)
                {
                    state.Namespaces.Add(request.Namespace, found);
                }
            }

            return new MemoryRecordSession(state, found, request);
        }
    }
}
