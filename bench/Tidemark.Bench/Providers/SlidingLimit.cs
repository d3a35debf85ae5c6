using System.Diagnostics;
using Tidemark.ProviderServer;

namespace Tidemark.Bench.Providers;

/// <summary>A provider's limit, kept in every window of five seconds: what is beyond it is refused with 429.</summary>
internal sealed class SlidingLimit(int? requestsPerMinute, int? tokensPerMinute)
{
    private const int WindowsOfAMinute = 12;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1) / WindowsOfAMinute;

    private readonly Lock _gate = new();
    private readonly Queue<(long At, int Tokens)> _window = [];
    private readonly RequestWatch _watch = new();
    private long _inWindow;

    public int Requests => _watch.Requests;

    public long Tokens { get; private set; }

    public int Refused { get; private set; }

    /// <summary>From the first request that was accepted to the last.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    public ProviderReply Judge(ProviderRequest request)
    {
        var tokens = request.Texts.Sum(text => (text.Length / 3) + 1);
        lock (_gate)
        {
            while (_window.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.At) >= Window)
            {
                _inWindow -= _window.Dequeue().Tokens;
            }

            if (_window.Count + 1 > requestsPerMinute / WindowsOfAMinute || _inWindow + tokens > tokensPerMinute / WindowsOfAMinute)
            {
                Refused++;
                return ProviderReply.Error(429, "slower", ("Retry-After", "1"));
            }

            _window.Enqueue((Stopwatch.GetTimestamp(), tokens));
            _inWindow += tokens;
            Tokens += tokens;
            _watch.Note();
            return ProviderReply.Good;
        }
    }
}
