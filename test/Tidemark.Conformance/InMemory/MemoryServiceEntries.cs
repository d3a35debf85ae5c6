using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryServiceEntries(MemoryState state) : IServiceEntries
{
    public ValueTask<bool> TryAddAsync(ServiceEntry entry, CancellationToken cancellationToken)
    {
        entry.RequireStorable();
        lock (state.Gate)
        {
            return ValueTask.FromResult(Lasting(entry.Kind, entry.Key) is null && Put(entry));
        }
    }

    public ValueTask PutAsync(ServiceEntry entry, CancellationToken cancellationToken) => PutAllAsync([entry], cancellationToken);

    public ValueTask PutAllAsync(IReadOnlyList<ServiceEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            entry.RequireStorable();
        }

        lock (state.Gate)
        {
            foreach (var entry in entries)
            {
                Put(entry);
            }

            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<bool> ReplaceAsync(ServiceEntry entry, string expectedValue, CancellationToken cancellationToken)
    {
        entry.RequireStorable();
        lock (state.Gate)
        {
            return ValueTask.FromResult(
                string.Equals(Lasting(entry.Kind, entry.Key)?.Value, expectedValue, StringComparison.Ordinal) && Put(entry));
        }
    }

    public ValueTask<ServiceEntry?> FindAsync(string kind, string key, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(Lasting(kind, key));
        }
    }

    public ValueTask<IReadOnlyList<ServiceEntry>> ListAsync(
        string kind, ServicePosition? before, int limit, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<ServiceEntry>>(
            [
                .. state.ServiceEntries.Values
                    .Where(entry => entry.Kind == kind && !entry.HasExpired(state.Now) && (before is not { } last || IsBehind(entry, last)))
                    .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Key, StringComparer.Ordinal).Take(limit),
            ]);
        }
    }

    public ValueTask<bool> RemoveAsync(string kind, string key, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(Lasting(kind, key) is not null && state.ServiceEntries.Remove((kind, key)));
        }
    }

    public ValueTask<int> RemoveExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var expired = state.ServiceEntries.Where(entry => entry.Value.HasExpired(now)).OrderBy(entry => entry.Value.ExpiresAt).Take(limit).ToList();
            return ValueTask.FromResult(expired.Count(entry => state.ServiceEntries.Remove(entry.Key)));
        }
    }

    private static bool IsBehind(ServiceEntry entry, ServicePosition last) =>
        entry.At < last.At || (entry.At == last.At && string.CompareOrdinal(entry.Key, last.Key) < 0);

    private ServiceEntry? Lasting(string kind, string key) =>
        state.ServiceEntries.GetValueOrDefault((kind, key)) is { } entry && !entry.HasExpired(state.Now) ? entry : null;

    private bool Put(ServiceEntry entry)
    {
        state.ServiceEntries[(entry.Kind, entry.Key)] = entry;
        return true;
    }
}
