using System.Collections.Concurrent;
using Tidemark.Reporting;

namespace Tidemark.Server.Working;

/// <summary>How a namespace stands, looked up once a second however often it is asked.</summary>
internal sealed class FreshnessBook(TidemarkIndex index, ServerOptions options, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (long At, Task<StatusReport> Status)> _known = new(StringComparer.Ordinal);

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
