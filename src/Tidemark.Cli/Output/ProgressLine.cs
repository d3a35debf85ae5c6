using Tidemark.Cli.Hosting;
using Tidemark.Copying;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>
/// Progress on standard error, from the second on: one line that moves on a terminal, else a line every few seconds.
/// </summary>
internal sealed class ProgressLine : IProgress<SyncProgress>, IProgress<StoreCopyProgress>, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly bool _live;
    private readonly long _started;
    private ProgressRate _rate;
    private TimeSpan _next = Silence;
    private bool _shown;

    private ProgressLine(Terminal terminal, TimeProvider clock, bool live)
    {
        (_terminal, _clock, _live, _started) = (terminal, clock, live, clock.GetTimestamp());
    }

    /// <returns>Null with <c>--quiet</c>.</returns>
    public static ProgressLine? Start(CommandOutput output, TimeProvider clock) =>
        output.IsQuiet ? null : new ProgressLine(output.Terminal, clock, output.IsErrorLive);

    public void Report(SyncProgress value)
    {
        lock (_gate)
        {
            var elapsed = _clock.GetElapsedTime(_started);
            _rate = _rate.For(value, elapsed);
            if (IsDue(elapsed) || (value.Phase == SyncPhase.Indexing && elapsed >= Silence))
            {
                Show(ProgressText.Of(value, _rate, elapsed));
            }
        }
    }

    public void Report(StoreCopyProgress value)
    {
        lock (_gate)
        {
            if (IsDue(_clock.GetElapsedTime(_started)))
            {
                Show($"{value.Doing} {value.What} · {Units.Count(value.Rows, "row")}");
            }
        }
    }

    /// <summary>Takes a moving line away, so that the report begins on a clean one.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _next = TimeSpan.MaxValue;
            if (_shown && _live)
            {
                _shown = false;
                _terminal.Error.Write("\r\u001b[K");
            }
        }
    }

    public void Dispose() => Clear();

    private bool IsDue(TimeSpan elapsed)
    {
        if (elapsed < _next)
        {
            return false;
        }

        _next = elapsed + (_live ? LiveInterval : PlainInterval);
        return true;
    }

    private void Show(string text)
    {
        if (_live)
        {
            var width = Math.Max(20, Console.WindowWidth) - 1;
            _terminal.Error.Write("\r" + (text.Length > width ? text[..width] : text) + "\u001b[K");
        }
        else
        {
            _terminal.Error.WriteLine(text);
        }

        _shown = true;
    }
}
