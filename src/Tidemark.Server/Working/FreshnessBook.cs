using System.Collections.Concurrent;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Server.Working;

/// <summary>How a namespace stands, looked up once a second however often it is asked.</summary>
internal sealed class FreshnessBook(TidemarkIndex index, ServerOptions options, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WrittenEvery = TimeSpan.FromSeconds(5);

    private long? _writtenAt;

    private readonly ConcurrentDictionary<string, (long At, Task<StatusReport> Status)> _known = new(StringComparer.Ordinal);

    /// <summary>A store that was moved away, filled up or made read-only still answers questions; so now and then something is written.</summary>
    /// <exception cref="TidemarkException">Nothing can be written.</exception>
    public async Task RequireWritableAsync(CancellationToken cancellationToken)
    {
        if (_writtenAt is { } last && clock.GetElapsedTime(last) < WrittenEvery)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var store = await index.OpenStoreAsync(cancellationToken);
        await store.ServiceEntries.PutAsync(new ServiceEntry("health", "ready", "{}", now, now + TimeSpan.FromDays(1)), cancellationToken);
        _writtenAt = clock.GetTimestamp();
    }

    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public Task<StatusReport> OfAsync(string @namespace)
    {
        var known = _known.GetValueOrDefault(@namespace);
        if (known.Status is { IsFaulted: false } status && clock.GetElapsedTime(known.At) < KeptFor)
        {
            return status;
        }

        var asked = index.StatusAsync(options.Status with { Namespace = @namespace });
        _known[@namespace] = (clock.GetTimestamp(), asked);
        return asked;
    }
}
