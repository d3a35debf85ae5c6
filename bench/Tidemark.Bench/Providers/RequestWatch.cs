using System.Diagnostics;

namespace Tidemark.Bench.Providers;

/// <summary>When requests came, from the first to the last.</summary>
internal sealed class RequestWatch
{
    private readonly Lock _gate = new();
    private long _first;
    private long _last;

    public int Requests { get; private set; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_first, _last);

    public void Note()
    {
        lock (_gate)
        {
            _last = Stopwatch.GetTimestamp();
            _first = Requests++ == 0 ? _last : _first;
        }
    }
}
