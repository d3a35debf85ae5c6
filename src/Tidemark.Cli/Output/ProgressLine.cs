using System.Text.Json;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Composition;
using Tidemark.Copying;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>
/// Progress on standard error, from the second on: one line that moves on a terminal, else a line of a log every few seconds.
/// </summary>
internal sealed class ProgressLine : IProgress<SyncProgress>, IProgress<StoreCopyProgress>, IProgress<long>, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly bool _live;
    private readonly RunLog _log;
    private readonly long _started;
    private ProgressRate _rate;
    private TimeSpan _next = Silence;
    private bool _shown;

    private ProgressLine(Terminal terminal, TimeProvider clock, bool live, LogForm form)
    {
        (_terminal, _clock, _live, _started) = (terminal, clock, live, clock.GetTimestamp());
        _log = new RunLog(terminal.Error, clock, form);
    }

    /// <returns>Null with <c>--quiet</c>.</returns>
    public static ProgressLine? Start(CommandOutput output, TimeProvider clock) =>
        output.IsQuiet
            ? null
            : new ProgressLine(output.Terminal, clock, output.Log is null && output.IsErrorLive, output.Log ?? LogForm.Text);

    /// <summary>Something beside the progress; on a terminal it stays to be seen while the line moves on below it.</summary>
    public void Note(LogLevel level, string name, string text, Action<Utf8JsonWriter>? facts = null)
    {
        lock (_gate)
        {
            if (_live)
            {
                _terminal.Error.WriteLine($"\r\u001b[K  {Printable.Escape(CommandLineWords.Of(text))}");
            }
            else
            {
                _log.Write(level, name, text, facts);
            }
        }
    }

    public void Report(SyncProgress value)
    {
        lock (_gate)
        {
            var elapsed = _clock.GetElapsedTime(_started);
            _rate = _rate.For(value, elapsed);
            if (IsDue(elapsed) || (value.Phase == SyncPhase.Indexing && elapsed >= Silence))
            {
                Show(ProgressText.Of(value, _rate, elapsed, Width));
            }
        }
    }

    public void Report(StoreCopyProgress value)
    {
        lock (_gate)
        {
            if (IsDue(_clock.GetElapsedTime(_started)))
            {
                Show(ProgressText.Fit([$"{value.Doing} {value.What}", Units.Count(value.Rows, "row")], Width));
            }
        }
    }

    /// <param name="value">Rows read.</param>
    public void Report(long value)
    {
        lock (_gate)
        {
            if (IsDue(_clock.GetElapsedTime(_started)))
            {
                Show(ProgressText.Fit(["reading", Units.Count(value, "row")], Width));
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

    /// <summary>What fits on a line that moves; one that wrapped could not be taken away again.</summary>
    private int Width => _live ? Math.Max(20, TerminalWidth.Of(_terminal)) - 1 : int.MaxValue;

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
            _terminal.Error.Write("\r" + text + "\u001b[K");
        }
        else
        {
            _log.Write(LogLevel.Info, "progress", text);
        }

        _shown = true;
    }
}
